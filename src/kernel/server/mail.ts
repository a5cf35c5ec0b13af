// Mail leaves by SMTP; where none is set up it becomes a file, so that links can still be handed over by the administrator.
// The log names neither texts nor links: they carry secrets.
import { randomBytes } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import nodemailer from 'nodemailer';
import type { Logger } from 'pino';

/** One mail to one person. The text must say everything; the HTML may say it prettier. */
export type Mail = { to: string; subject: string; text: string; html?: string };

export type Mailer = {
  /** True when mail really leaves this machine. */
  sends: boolean;
  /** Hands a mail over; throws when the mail server refuses it or cannot be reached, so that the job retries. */
  send: (mail: Mail) => Promise<void>;
  close: () => void;
};

const FILE_SENDER = 'OpenKAM <openkam@localhost>';

/** The mail port. `smtp` null: each mail is written to `folder` as an .eml file that any mail program opens. */
export function createMailer(
  smtp: { smtpUrl: string; from: string } | null,
  folder: string,
  log: Pick<Logger, 'info'>,
): Mailer {
  return smtp ? smtpMailer(smtp, log) : fileMailer(folder, log);
}

// A template's own slip must never make the mail program read files or fetch addresses.
const safely = { disableFileAccess: true, disableUrlAccess: true };

/** Only one plain address a mail: a comma would add recipients. */
function recipient(mail: Mail): { name: string; address: string } {
  if (!/^[^\s<>@,;:"]+@[^\s<>@,;:"]+$/.test(mail.to)) throw new Error('a mail must go to exactly one address');
  return { name: '', address: mail.to };
}

function smtpMailer({ smtpUrl, from }: { smtpUrl: string; from: string }, log: Pick<Logger, 'info'>): Mailer {
  const transport = nodemailer.createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 2,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
  });
  return {
    sends: true,
    async send(mail) {
      await transport.sendMail({ ...mail, ...safely, from, to: recipient(mail) });
      log.info({ to: mail.to }, 'mail sent');
    },
    close: () => transport.close(),
  };
}

function fileMailer(folder: string, log: Pick<Logger, 'info'>): Mailer {
  const transport = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    sends: false,
    async send(mail) {
      const { message } = await transport.sendMail({ ...mail, ...safely, from: FILE_SENDER, to: recipient(mail) });
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const name = `${new Date().toISOString().replace(/[:.]/g, '-')}-${randomBytes(3).toString('hex')}.eml`;
      const file = await open(join(folder, name), 'wx', 0o600);
      try {
        await file.writeFile(message as Buffer);
      } finally {
        await file.close();
      }
      log.info({ to: mail.to, file: name }, 'mail is not set up, so it was written to a file');
    },
    close() {},
  };
}
