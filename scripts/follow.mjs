// Loaded into the program that a start script runs: when the script is killed, the program ends in good order too.
if (process.channel) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}
