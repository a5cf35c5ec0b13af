// Turns whatever was thrown into a problem a person can act on. Details of unexpected errors stay in the log.
import type { Logger } from 'pino';
import { Problem } from '../contract/problem.ts';

type Thrown = {
  code?: string;
  statusCode?: number;
  message?: string;
  constraint?: string;
  detail?: string;
  errno?: string;
  syscall?: string;
};

export function problemOf(error: unknown, log: Logger): Problem {
  if (error instanceof Problem) return error;
  const e = (error ?? {}) as Thrown;
  // A missing file is no missing database: only a socket that is not there tells of that.
  switch (e.code === 'ENOENT' && e.syscall !== 'connect' ? undefined : e.code) {
    case '23505':
      return new Problem(409, 'duplicate', 'Something with the same key exists already.');
    case '23503':
      return new Problem(
        422,
        'unknown_reference',
        'This refers to something that does not exist, or that you may not see.',
      );
    case '23514':
    case '23502':
    case '22P02':
    case '22001':
    case '22003':
    case '22008':
      return new Problem(422, 'invalid', 'A value is not allowed here.');
    case '22021':
    case '22P05':
      return new Problem(422, 'invalid', 'The text holds a character that cannot be stored (a null byte).');
    case '42501':
      return new Problem(403, 'forbidden', 'You may not do this to something you do not see.');
    case '40001':
    case '40P01':
      return new Problem(503, 'busy', 'Somebody else was changing the same thing. Try again.');
    case '57014':
      return new Problem(503, 'too_slow', 'This took too long and was stopped. Nothing was changed.');
    case '53100':
    case 'ENOSPC':
      return new Problem(
        507,
        'disk_full',
        'The server has no disk space left. Nothing was changed; free some space and try again.',
      );
    case '28000':
    case '28P01':
    case '3D000':
    case '53300':
    case '57P01':
    case '57P02':
    case '57P03':
    case '08000':
    case '08003':
    case '08006':
    case 'ECONNREFUSED':
    case 'ECONNRESET':
    case 'ENOENT':
    case 'EPIPE':
      return new Problem(
        503,
        'database_away',
        'The database cannot be reached right now. Nothing was lost; try again in a moment.',
      );
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
    case 'FST_REQ_FILE_TOO_LARGE':
      return new Problem(413, 'too_large', 'This is larger than the server accepts.');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new Problem(415, 'media_type', 'Send JSON (content-type application/json).');
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return new Problem(400, 'not_json', 'The body is not valid JSON.');
  }
  if (
    /Connection terminated|connection (timeout|error)|timeout exceeded when trying to connect|not currently accepting connections|Client has encountered a connection error/i.test(
      e.message ?? '',
    )
  ) {
    return new Problem(
      503,
      'database_away',
      'The database cannot be reached right now. Nothing was lost; try again in a moment.',
    );
  }
  if (typeof e.statusCode === 'number' && e.statusCode >= 400 && e.statusCode < 500)
    return new Problem(e.statusCode, 'bad_request', e.message ?? 'Bad request');
  log.error({ err: error }, 'unexpected error');
  return new Problem(
    500,
    'unexpected',
    'Something went wrong on the server. Nothing was changed. The log has the details under this request id.',
  );
}
