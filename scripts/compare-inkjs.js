// What compare-inkjs.sh runs: node compare-inkjs.js TEMP INKJS [CASES]
'use strict';
const fs = require('fs');
const path = require('path');
const { execFileSync, spawnSync } = require('child_process');

const [temp, installed, cases] = process.argv.slice(2);
const { Compiler, CompilerOptions, Story } = require(path.join(installed, 'node_modules/inkjs/dist/ink-full.js'));
const version = require(path.join(installed, 'node_modules/inkjs/package.json')).version;
const bot = path.join(temp, 'bot');
const mostTurns = 400;

// Differences with a reason. In each the C# runtime does what we do, or ink-proof's transcript, which is from it, says so.
const random = 'other random numbers: C# has .NET\'s System.Random, inkjs a generator of its own';
const doubles = 'inkjs computes with double precision and divides whole numbers downwards; C# has single precision and divides towards 0';
const explained = {
  'testdata/functions.ink': doubles,
  I026: doubles,
  I133: doubles + '; it also writes 7.0 as 7, a whole number, into its JSON',
  I121: 'inkjs writes 2.0 as 2, a whole number, into its JSON',
  I131: 'inkjs runs out of JavaScript\'s call stack',
};

function compileJS(file) {
  const folder = path.dirname(file);
  const errors = [];
  const handler = {
    ResolveInkFilename: (name) => path.join(folder, name),
    LoadInkFileContents: (name) => fs.readFileSync(name, 'utf8'),
  };
  const source = fs.readFileSync(file, 'utf8').replace(/^\ufeff/, '');
  const options = new CompilerOptions(file, [], false, (msg, kind) => { if (kind === 2) errors.push(msg); }, handler);
  try {
    return new Compiler(source, options).Compile();
  } catch (e) {
    throw new Error(errors.join('; ') || e.message);
  }
}

// play gives what "bot play" prints, and the choices that were taken (from 1). Without picks it takes another one each turn.
function play(json, picks) {
  const story = new Story(json);
  const taken = [];
  let out = '';
  story.allowExternalFunctionFallbacks = true;
  const errors = []; // a handler that throws would lose the line that the error comes with
  story.onError = (msg, kind) => { if (kind === 2) errors.push(msg); };
  const print = (s) => { out += s; };
  const freshLine = () => { if (out !== '' && !out.endsWith('\n')) out += '\n'; };
  try {
    for (let turn = 0; turn < mostTurns; turn++) {
      while (story.canContinue) {
        print(story.Continue());
        if (errors.length > 0) throw new Error(errors[0]);
        if (story.currentTags.length > 0) {
          freshLine();
          print('# tags: ' + story.currentTags.join(', ') + '\n');
        }
      }
      const choices = story.currentChoices;
      if (choices.length === 0) break;
      print('\n');
      choices.forEach((c, i) => print(`${i + 1}: ${c.text}\n`));
      print('?> ');
      const pick = picks ? picks[turn] : (turn % choices.length) + 1;
      if (!pick || turn + 1 === mostTurns) break;
      taken.push(pick);
      story.ChooseChoiceIndex(pick - 1);
    }
  } catch (e) {
    freshLine();
    print('RUNTIME ERROR: ' + e.message + '\n');
  }
  return { out, taken };
}

function playOurs(file, picks) {
  const run = spawnSync(bot, ['play', '-seed', '1', file], { input: picks.join('\n') + '\n', encoding: 'utf8' });
  return run.stdout;
}

// comparable leaves out how an error is worded, and the line break that a prompt at the end of the input gets.
const comparable = (text) => text.replace(/RUNTIME ERROR:[^]*/, 'RUNTIME ERROR').trimEnd();

function firstDifference(a, b) {
  const x = a.split('\n'), y = b.split('\n');
  let i = 0;
  while (i < x.length && x[i] === y[i]) i++;
  return `line ${i + 1}: ${JSON.stringify(x[i])} and ${JSON.stringify(y[i])}`;
}

const stories = [
  { name: 'large', file: 'internal/ink/testdata/large/large.ink' },
  { name: 'last-dance', file: 'stories/last-dance/last-dance.ink' },
];
for (const name of fs.readdirSync('internal/ink/testdata').filter((n) => n.endsWith('.ink'))) {
  stories.push({ name: 'testdata/' + name, file: 'internal/ink/testdata/' + name });
}
if (cases) {
  for (const name of fs.readdirSync(cases).filter((n) => /^I\d+$/.test(n)).sort()) {
    const folder = path.join(cases, name);
    const meta = JSON.parse(fs.readFileSync(path.join(folder, 'metadata.json'), 'utf8'));
    stories.push({
      name, file: path.join(folder, 'story.ink'), random: /random/.test(String(meta.hide || '')),
      picks: fs.readFileSync(path.join(folder, 'input.txt'), 'utf8').split(/\s+/).filter(Boolean).map(Number),
      transcript: fs.readFileSync(path.join(folder, 'transcript.txt'), 'utf8').replace(/\r\n/g, '\n'),
    });
  }
}

let differences = 0, plays = 0;
for (const s of stories) {
  const ours = path.join(temp, 'ours.ink.json'), theirs = path.join(temp, 'theirs.ink.json');
  try {
    execFileSync(bot, ['compile', s.file, '-o', ours], { stdio: ['ignore', 'ignore', 'pipe'] });
    fs.writeFileSync(theirs, compileJS(s.file).ToJson());
  } catch (e) {
    differences++;
    console.log(`${s.name}: does not compile: ${String(e.stderr || e.message).split('\n')[0]}`);
    continue;
  }
  const both = play(fs.readFileSync(theirs, 'utf8'), s.picks);
  const want = s.transcript === undefined ? both.out : s.transcript;
  const got = {
    'inkjs compiles, inkjs plays': both.out,
    'we compile, inkjs plays': play(fs.readFileSync(ours, 'utf8'), both.taken).out,
    'inkjs compiles, we play': playOurs(theirs, both.taken),
    'we compile, we play': playOurs(ours, both.taken),
  };
  for (const [how, text] of Object.entries(got)) {
    plays++;
    if (comparable(text) === comparable(want)) continue;
    const why = s.random ? random : explained[s.name];
    if (!why) differences++;
    console.log(`${s.name}: ${how}: ${why || firstDifference(comparable(want), comparable(text))}`);
  }
}
console.log(`${plays} plays of ${stories.length} stories, ${differences} differences without an explanation`);
if (process.env.SPEED !== 'no') require('./compare-inkjs-speed.js')({ temp, compileJS, Story, version });
process.exitCode = differences > 0 ? 1 : 0;
