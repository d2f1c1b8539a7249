/**
 * Loaded first by every process that the supervisor starts. The channel to the supervisor closes when it dies, also by
 * kill -9, and then nobody would stop this one: it would keep the port and work beside its successor.
 */
process.on('disconnect', () => process.exit(0))
