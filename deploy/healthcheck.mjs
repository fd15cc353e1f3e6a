/** Exits with 0 if the server on this machine is ready. */
const answer = await fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).catch(() => null);
process.exit(answer?.ok ? 0 : 1);
