// The measurements of compare-inkjs.js: both engines in turn, several times, on the same story; ratios are those of medians.
'use strict';
const fs = require('fs');
const path = require('path');
const { execFileSync } = require('child_process');

const runs = Number(process.env.RUNS || 5);
const story = 'internal/ink/testdata/large/large.ink';
const warmUps = 12; // of inkjs, so that what is measured is compiled machine code

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

// timed is the median time of f in nanoseconds, warm.
function timed(f, times) {
  for (let i = 0; i < warmUps; i++) f();
  const took = [];
  for (let i = 0; i < times; i++) {
    const start = process.hrtime.bigint();
    f();
    took.push(Number(process.hrtime.bigint() - start));
  }
  return median(took);
}

function readAll(story) {
  let lines = 0;
  for (let turn = 0; ; turn++) {
    while (story.canContinue) {
      story.Continue();
      lines++;
    }
    const n = story.currentChoices.length;
    if (n === 0) return lines;
    story.ChooseChoiceIndex(turn % n);
  }
}

function theirs({ compileJS, Story }) {
  const json = compileJS(story).ToJson();
  const reading = () => {
    const s = new Story(json);
    s.allowExternalFunctionFallbacks = true;
    return s;
  };
  const lines = readAll(reading());
  // The engine must load the program anew for each reading; only the playing is measured.
  const s = reading();
  const play = timed(() => { s.ResetState(); readAll(s); }, 15);
  const half = reading();
  for (let turn = 0; turn < 60; turn++) {
    while (half.canContinue) half.Continue();
    half.ChooseChoiceIndex(turn % half.currentChoices.length);
  }
  const state = half.state.ToJson();
  return {
    CompileLarge: timed(() => compileJS(story), 9),
    PlayLine: play / lines,
    Save: timed(() => half.state.ToJson(), 50),
    Load: timed(() => half.state.LoadJson(state), 50),
    LoadProgram: timed(() => new Story(json), 15),
    stateBytes: state.length,
  };
}

// ours runs Go's benchmarks once: name -> { unit: value }.
function ours(temp) {
  const args = ['-test.run=^$', '-test.bench=^Benchmark(CompileLarge|Play|Save|Load|LoadSmall|LoadProgram|LiveState)$', '-test.benchmem', '-test.benchtime=1s'];
  const text = execFileSync(path.join(temp, 'ink.test'), args, { cwd: 'internal/ink', encoding: 'utf8' });
  const found = {};
  for (const line of text.split('\n')) {
    const fields = line.trim().split(/\s+/);
    const name = /^Benchmark(\w+?)(-\d+)?$/.exec(fields[0]);
    if (!name) continue;
    const units = found[name[1]] = {};
    for (let i = 2; i + 1 < fields.length; i += 2) units[fields[i + 1]] = Number(fields[i]);
  }
  return found;
}

module.exports = function measure(engine) {
  const go = [], js = [];
  for (let i = 0; i < runs; i++) {
    go.push(ours(engine.temp));
    js.push(theirs(engine));
  }
  const our = (name, unit) => median(go.map((r) => r[name][unit]));
  const their = (name) => median(js.map((r) => r[name]));
  const size = fs.statSync(story).size;
  const time = (ns) => (ns >= 1e6 ? (ns / 1e6).toFixed(2) + ' ms' : (ns / 1e3).toFixed(2) + ' µs');
  const row = (...cells) => console.log('| ' + cells.join(' | ') + ' |');
  const compare = (what, a, b, rest) => row(what, time(a), time(b), (b / a).toFixed(1) + 'x', rest);

  console.log(`\n${size} bytes of ink; medians of ${runs} runs; ${execFileSync('go', ['version'], { encoding: 'utf8' }).trim()}, node ${process.version}, inkjs ${engine.version}\n`);
  row('', 'here', 'inkjs', 'ratio', 'memory, here');
  row('---', '---:', '---:', '---:', '---');
  const memory = (name) => `${our(name, 'allocs/op')} allocations, ${(our(name, 'B/op') / 1024).toFixed(1)} KiB`;
  compare('compile', our('CompileLarge', 'ns/op'), their('CompileLarge'), `${memory('CompileLarge')}; ${(size / our('CompileLarge', 'ns/op') * 1e3).toFixed(1)} MB/s`);
  const lines = our('Play', 'lines/op');
  compare('play a line', our('Play', 'ns/line'), their('PlayLine'), `${(our('Play', 'allocs/op') / lines).toFixed(1)} allocations, ${(our('Play', 'B/op') / lines).toFixed(0)} bytes; ${(1e9 / our('Play', 'ns/line') / 1e3).toFixed(0)} thousand lines/s`);
  compare('save', our('Save', 'ns/op'), their('Save'), `${memory('Save')}; the state has ${our('Save', 'bytes')} bytes (inkjs: ${their('stateBytes')})`);
  compare('load a state', our('Load', 'ns/op'), their('Load'), memory('Load'));
  row('load a small state', time(our('LoadSmall', 'ns/op')), '', '', `${memory('LoadSmall')}; a state of ${our('LoadSmall', 'bytes')} bytes of stories/last-dance`);
  compare('load the program', our('LoadProgram', 'ns/op'), their('LoadProgram'), memory('LoadProgram'));
  row('a live state', '', '', '', `${our('LiveState', 'bytes')} bytes`);
};
