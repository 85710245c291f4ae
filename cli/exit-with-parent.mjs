// Loaded before the server: when the process that started it is killed, it ends as on SIGTERM, at the latest after 15 s.
process.on("disconnect", () => {
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => process.exit(1), 15_000).unref();
});
