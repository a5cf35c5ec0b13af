// Loaded into the program that a start script runs: when the script is killed, the program ends in good order too.
import module from 'node:module';

if (process.channel) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}
// Node would write its cache of compiled code at the end only, and a server may be killed instead of ended.
setTimeout(() => module.flushCompileCache(), 4000).unref();
