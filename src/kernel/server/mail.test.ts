import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { createMailer, type Mailer } from './mail.ts';

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const work of cleanUp.splice(0).reverse()) await work();
});

function logged() {
  const lines: string[] = [];
  return { lines, log: { info: (...said: unknown[]) => void lines.push(JSON.stringify(said)) } };
}

/** A mail server with a password; `refuse` makes it turn every recipient away. */
async function smtpServer(refuse = false) {
  const got: { from: string; to: string[]; raw: string }[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: (auth, _session, done) =>
      auth.username === 'kam' && auth.password === 'pa:ss' ? done(null, { user: 'kam' }) : done(new Error('no')),
    onRcptTo: (_address, _session, done) => done(refuse ? new Error('no such mailbox') : null),
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        got.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map((r) => r.address),
          raw: Buffer.concat(parts).toString(),
        });
        done();
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  cleanUp.push(() => new Promise<void>((closed) => server.close(closed)));
  const { port } = server.server.address() as AddressInfo;
  return { got, url: (password = 'pa%3Ass') => `smtp://kam:${password}@127.0.0.1:${port}` };
}

function mailer(...args: Parameters<typeof createMailer>): Mailer {
  const made = createMailer(...args);
  cleanUp.push(() => made.close());
  return made;
}

const mail = {
  to: 'mia@example.com',
  subject: 'Grüße',
  text: 'Open https://k.example/#token=geheim now',
  html: '<p>Hi</p>',
};

describe('mail by SMTP', () => {
  it('reaches the mail server with sender, recipient, text and HTML', async () => {
    const server = await smtpServer();
    const { lines, log } = logged();
    await mailer({ smtpUrl: server.url(), from: 'OpenKAM <kam@example.com>' }, '/nowhere', log).send(mail);
    expect(server.got).toHaveLength(1);
    expect(server.got[0]).toMatchObject({ from: 'kam@example.com', to: ['mia@example.com'] });
    expect(server.got[0]?.raw).toMatch(/^From: OpenKAM <kam@example\.com>\r$/m);
    expect(server.got[0]?.raw).toContain('multipart/alternative');
    expect(lines.join()).not.toContain('geheim');
  });

  it('fails aloud when the server refuses the password or the recipient, or is away', async () => {
    const { log } = logged();
    const from = 'kam@example.com';
    const good = await smtpServer();
    const refusing = await smtpServer(true);
    await expect(mailer({ smtpUrl: good.url('wrong'), from }, '/nowhere', log).send(mail)).rejects.toThrow();
    await expect(mailer({ smtpUrl: refusing.url(), from }, '/nowhere', log).send(mail)).rejects.toThrow();
    await expect(mailer({ smtpUrl: 'smtp://127.0.0.1:1', from }, '/nowhere', log).send(mail)).rejects.toThrow();
    expect(good.got).toEqual([]);
  });

  it('goes to exactly one address, whatever a name field smuggles in', async () => {
    const server = await smtpServer();
    const { log } = logged();
    const port = mailer({ smtpUrl: server.url(), from: 'kam@example.com' }, '/nowhere', log);
    for (const to of [
      'a@example.com, b@example.com',
      'A <a@example.com>',
      'a@example.com\r\nBcc: b@example.com',
      '',
      'nobody',
    ]) {
      await expect(port.send({ ...mail, to })).rejects.toThrow('exactly one address');
    }
    expect(server.got).toEqual([]);
  });
});

describe('mail where none is set up', () => {
  it('becomes a file that only the server may read, and the log does not repeat its text', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'openkam-mail-'));
    cleanUp.push(() => rm(folder, { recursive: true }));
    const { lines, log } = logged();
    const port = mailer(null, join(folder, 'mail'), log);
    expect(port.sends).toBe(false);
    await port.send(mail);
    await port.send({ ...mail, to: 'tom@example.com' });
    const files = (await readdir(join(folder, 'mail'))).sort();
    expect(files).toHaveLength(2);
    for (const file of files) {
      expect(file).toMatch(/^[\dTZ-]+-[0-9a-f]{6}\.eml$/);
      expect((await stat(join(folder, 'mail', file))).mode & 0o777).toBe(0o600);
    }
    const text = await readFile(join(folder, 'mail', files[0] ?? ''), 'utf8');
    expect(text).toMatch(/^To: mia@example\.com\r$/m);
    expect(text).toContain('geheim');
    expect(lines).toHaveLength(2);
    expect(lines.join()).toContain('written to a file');
    expect(lines.join()).not.toContain('geheim');
  });
});
