import { forgetForwarded } from '@/accounts/sessions/forget-forwarded'
import { mendPath } from '@/accounts/sessions/mend-path'

/**
 * Loaded first by every process that the supervisor starts. The channel to the supervisor closes when it dies, also by
 * kill -9, and then nobody would stop this one: it would keep the port and work beside its successor.
 */
process.on('disconnect', () => process.exit(0))

// Here, for the very first request comes before anything of ours is loaded in Next. `env.ts` has refused all but 0 to 10.
if (!Number(process.env.GLEANER_TRUST_PROXY)) forgetForwarded()
mendPath()
