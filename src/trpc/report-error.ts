import type { TRPCError } from '@trpc/server'
import type { Logger } from '@/observability/log'
import { errorIdOf, isRefusedByDatabase } from './errors'

type Failure = { readonly error: TRPCError; readonly path?: string | undefined }

/** What nobody expected goes to the log under the id that the reader sees; what was refused on purpose is no news. */
export function reportError(log: Logger, { error, path }: Failure): void {
  if (error.code === 'INTERNAL_SERVER_ERROR') {
    log.error({ err: error.cause ?? error, errorId: errorIdOf(error), path }, 'a procedure failed')
  } else if (error.code === 'SERVICE_UNAVAILABLE' || error.code === 'BAD_GATEWAY') {
    log.warn({ err: error.cause ?? error, path }, 'a procedure could not be done')
  } else if (isRefusedByDatabase(error)) {
    log.warn({ err: error.cause, path }, 'the database refused a value')
  }
}
