// What a bot does, done by discord.js on fakediscord; scripts/discordjs.sh calls it.
//
//   node discordjs.js FOLDER URL TOKEN
//
// FOLDER/node_modules holds discord.js, URL is where fakediscord listens. It ends with OK, or with what went wrong and
// a status of 1.
'use strict';
const assert = require('node:assert/strict');
const { createRequire } = require('node:module');
const { join } = require('node:path');

const [folder, url, token] = process.argv.slice(2);
const {
	ActionRowBuilder, AttachmentBuilder, ButtonBuilder, ButtonStyle, Client, ContainerBuilder, Events, GatewayIntentBits,
	MessageFlags, ModalBuilder, StringSelectMenuBuilder, TextDisplayBuilder, TextInputBuilder, TextInputStyle, version,
} = createRequire(join(folder, 'node_modules', 'x.js'))('discord.js');

const client = new Client({
	intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.GuildMembers,
		GatewayIntentBits.GuildMessagePolls, GatewayIntentBits.GuildScheduledEvents],
	rest: { api: `${url}/api` },
});

// control has people act, over the control API.
async function control(path, body) {
	const answer = await fetch(`${url}/control/${path}`, body && {
		method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
	});
	const value = await answer.json();
	assert.ok(answer.ok, `${path}: ${value.error}`);
	return value;
}

// next waits for an event that fits.
function next(event, fits = () => true) {
	return new Promise((resolve) => {
		client.on(event, function seen(...values) {
			if (!fits(...values)) return;
			client.off(event, seen);
			resolve(values[0]);
		});
	});
}

// after waits for an event that comes of an act.
async function after(event, act, fits) {
	const coming = next(event, fits);
	await act();
	return coming;
}

const step = (text) => console.log(`- ${text}`);

async function login() {
	await Promise.all([next(Events.ClientReady), client.login(token)]);
	const guild = client.guilds.cache.first();
	assert.equal(guild.name, 'The Reading Room');
	assert.equal(guild.available, true);
	const channel = guild.channels.cache.find((c) => c.name === 'general');
	assert.ok(channel.permissionsFor(guild.members.me).has('SendMessages'));
	step(`logged in as ${client.user.username}; the guild came with ${guild.channels.cache.size} channel`);
	return channel;
}

async function commands() {
	const set = await client.application.commands.set([{
		name: 'story', description: 'Tells a story', options: [
			{ type: 3, name: 'title', description: 'Which', required: true, autocomplete: true },
			{ type: 7, name: 'where', description: 'In which channel' },
		],
	}]);
	assert.equal(set.size, 1);
	assert.equal((await client.application.commands.fetch()).first().name, 'story');
	step('registered a command');
}

const dance = () => new ActionRowBuilder().addComponents(
	new ButtonBuilder().setCustomId('dance').setLabel('Dance').setStyle(ButtonStyle.Primary).setEmoji('💃'));

async function command(channel, anna) {
	const typing = next(Events.InteractionCreate, (i) => i.isAutocomplete());
	const choices = control('autocomplete', { user: anna, channel: channel.id, name: 'story', options: { title: 'la' }, focused: 'title' });
	const asked = await typing;
	assert.equal(asked.options.getFocused(), 'la');
	await asked.respond([{ name: 'The Last Dance', value: 'last-dance' }]);
	assert.deepEqual((await choices).choices, [{ name: 'The Last Dance', value: 'last-dance' }]);

	const i = await after(Events.InteractionCreate, () => control('command', {
		user: anna, channel: channel.id, name: 'story', options: { title: 'last-dance', where: channel.id },
	}));
	assert.ok(i.isChatInputCommand() && i.inGuild() && i.member.displayName === 'Anna');
	assert.equal(i.options.getString('title'), 'last-dance');
	assert.equal(i.options.getChannel('where').id, channel.id);
	assert.ok(i.appPermissions.has('SendMessages') && i.memberPermissions.has('ViewChannel'));
	const { resource } = await i.reply({ content: 'It begins.', components: [dance()], withResponse: true });
	assert.equal(resource.message.content, 'It begins.');
	assert.equal((await i.editReply('It has begun.')).content, 'It has begun.');
	assert.equal((await i.fetchReply()).interactionMetadata.user.id, anna);
	const more = await i.followUp({ content: 'Only for you.', flags: MessageFlags.Ephemeral });
	assert.ok(more.flags.has(MessageFlags.Ephemeral));
	await assert.rejects(i.client.rest.post(`/interactions/${i.id}/${i.token}/callback`, { auth: false, body: { type: 5 } }),
		(e) => e.code === 40060);
	step('completed, received and answered a command, edited the answer, followed up');
	return resource.message;
}

async function press(channel, anna, message) {
	const act = (customId) => control('press', { user: anna, channel: channel.id, message: message.id, custom_id: customId });
	let i = await after(Events.InteractionCreate, () => act('dance'));
	assert.ok(i.isButton() && i.message.id === message.id && i.component.label === 'Dance');
	const menu = new StringSelectMenuBuilder().setCustomId('pick').addOptions({ label: 'Waltz', value: 'w' }, { label: 'Tango', value: 't' });
	const edited = next(Events.MessageUpdate);
	await i.update({ content: 'Which dance?', components: [dance(), new ActionRowBuilder().addComponents(menu)] });
	assert.equal((await edited).id, message.id);

	i = await after(Events.InteractionCreate, () => control('select', {
		user: anna, channel: channel.id, message: message.id, custom_id: 'pick', values: ['t'],
	}));
	assert.deepEqual(i.values, ['t']);
	await i.deferReply({ flags: MessageFlags.Ephemeral });
	await i.editReply({ flags: MessageFlags.IsComponentsV2, components: [new TextDisplayBuilder().setContent('A tango.')] });

	i = await after(Events.InteractionCreate, () => act('dance'));
	await i.deferUpdate();
	await i.deleteReply();
	step('answered a button and a menu: update, deferral, components, deletion');
}

async function form(channel, anna) {
	const i = await after(Events.InteractionCreate, () => control('command', {
		user: anna, channel: channel.id, name: 'story', options: { title: 'x' },
	}));
	await i.showModal(new ModalBuilder().setCustomId('form').setTitle('Your words').addComponents(new ActionRowBuilder().addComponents(
		new TextInputBuilder().setCustomId('words').setLabel('Words').setStyle(TextInputStyle.Paragraph))));
	const sent = await after(Events.InteractionCreate, () => control('modal', { user: anna, interaction_id: i.id, values: { words: 'one two' } }));
	assert.ok(sent.isModalSubmit());
	assert.equal(sent.fields.getTextInputValue('words'), 'one two');
	await sent.reply({ content: 'Thanks.', flags: MessageFlags.Ephemeral });
	step('opened a form and received it');
}

async function messages(channel, anna) {
	const heard = await after(Events.MessageCreate, () => control('say', { user: anna, channel: channel.id, text: `<@${client.user.id}> hello` }));
	assert.equal(heard.content, `<@${client.user.id}> hello`);
	const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
	const nonce = { nonce: 'beat-1', enforceNonce: true };
	const first = await channel.send({ content: 'A beat.', files: [new AttachmentBuilder(png, { name: 'dot.png', description: 'A dot' })], ...nonce });
	assert.equal((await channel.send({ content: 'A beat.', ...nonce })).id, first.id, 'the nonce posts once');
	assert.equal(first.attachments.first().description, 'A dot');
	assert.equal((await (await fetch(first.attachments.first().url)).arrayBuffer()).byteLength, png.length);
	assert.ok((await first.edit('The beat.')).editedTimestamp);
	const card = await channel.send({
		flags: MessageFlags.IsComponentsV2, allowedMentions: { parse: [] },
		components: [new ContainerBuilder().setAccentColor(0x7a2e2e).addTextDisplayComponents((t) => t.setContent('# The Last Dance')).addActionRowComponents(dance())],
	});
	assert.equal(card.components[0].components[0].content, '# The Last Dance');
	await assert.rejects(channel.send('x'.repeat(2001)), (e) => e.code === 50035 && /2000/.test(e.message));
	const history = await channel.messages.fetch({ limit: 2 });
	assert.deepEqual([...history.keys()], [card.id, first.id]);
	const thread = await first.startThread({ name: 'What was said' });
	assert.equal(thread.id, first.id);
	await thread.send('In the thread.');
	assert.equal((await thread.setArchived(true)).archived, true);
	await after(Events.MessageDelete, () => control('delete', { channel: channel.id, message: card.id }), (m) => m.id === card.id);
	step('posted, uploaded, edited, read back, opened a thread, saw a deletion');
}

async function extras(channel, anna) {
	const bot = client.user.id;
	await control('permissions', { user: bot, permissions: String(2n ** 53n - 1n - 8n) });
	const hook = await channel.createWebhook({ name: 'Voices' });
	const said = await hook.send({ content: 'Hello.', username: 'The Lamp' });
	assert.equal(said.author.username, 'The Lamp');
	assert.equal((await hook.editMessage(said, 'Good evening.')).content, 'Good evening.');
	await hook.deleteMessage(said);
	await hook.delete();
	await assert.rejects(hook.send('x'), (e) => e.code === 10015);

	const polled = await channel.send({ poll: {
		question: { text: 'Left or right?' }, answers: [{ text: 'Left' }, { text: 'Right' }], duration: 1, allowMultiselect: false,
	} });
	assert.equal(polled.poll.answers.get(2).text, 'Right');
	const voted = await after(Events.MessagePollVoteAdd, () => control('vote', { user: anna, channel: channel.id, message: polled.id, answers: [2] }));
	assert.equal(voted.id, 2);
	assert.equal((await polled.poll.end()).poll.resultsFinalized, true);
	await assert.rejects(polled.edit('x'), (e) => e.code === 520003);
	await polled.pin();
	assert.deepEqual((await channel.messages.fetchPins()).items.map((i) => i.message.id), [polled.id]);

	const event = await after(Events.GuildScheduledEventCreate, () => channel.guild.scheduledEvents.create({
		name: 'An evening', privacyLevel: 2, entityType: 3, entityMetadata: { location: '#general' },
		scheduledStartTime: Date.now() + 3_600_000, scheduledEndTime: Date.now() + 7_200_000,
	}));
	assert.equal((await event.setStatus(4)).status, 4);
	step('wrote through a webhook, held a poll, pinned it, planned an evening');
}

async function resume(guild) {
	const back = next(Events.ShardResume);
	await control('gateway', { action: 'cut' });
	const made = next(Events.ChannelCreate);
	await control('channels', { name: 'while-away' });
	await back;
	assert.equal((await made).name, 'while-away');
	assert.ok(guild.channels.cache.some((c) => c.name === 'while-away'));
	step('lost the connection, resumed, and got what it had missed');
}

async function ledger(channel) {
	const entries = (await control('ledger')).filter((e) => e.channel_id === channel.id);
	const beats = entries.filter((e) => e.kind === 'create' && e.nonce === 'beat-1');
	assert.equal(beats.length, 1);
	assert.ok(entries.some((e) => e.kind === 'edit' && e.message.content === 'The beat.'));
	const violations = await control('violations');
	assert.ok(violations.length === 1 && /2000 or fewer/.test(violations[0]), violations.join('\n'));
	step(`the ledger holds all of it: ${entries.length} entries`);
}

async function main() {
	console.log(`discord.js ${version}, node ${process.version}`);
	const channel = await login();
	await commands();
	const joined = next(Events.GuildMemberAdd);
	const anna = (await control('members', { display_name: 'Anna' })).id;
	assert.equal((await joined).id, anna);
	const message = await command(channel, anna);
	await press(channel, anna, message);
	await form(channel, anna);
	await messages(channel, anna);
	await extras(channel, anna);
	await resume(channel.guild);
	await ledger(channel);
	await client.destroy();
	console.log('OK');
}

client.on(Events.Error, (e) => { console.error(e); process.exit(1); });
setTimeout(() => { console.error('nothing happens any more'); process.exit(1); }, 30_000).unref();
main().catch((e) => { console.error(e); process.exit(1); });
