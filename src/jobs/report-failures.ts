import { Middleware, StepError } from 'inngest'
import { isRefusal } from '@/kernel/app-error'
import type { Logger } from '@/observability/log'

/** Says as an error what failed after its last try and was no refusal in words. Until then a failed try is a warning. */
export function reportFailures(log: Logger) {
  return class ReportFailures extends Middleware.BaseMiddleware {
    readonly id = 'gleaner:report-failures'

    override onStepError({ error, fn, ctx, isFinalAttempt }: Middleware.OnStepErrorArgs): void {
      if (isFinalAttempt && isUnexpected(error)) tell(error, fn.id(), ctx.runId)
    }

    override onRunError({ error, fn, ctx, isFinalAttempt }: Middleware.OnRunErrorArgs): void {
      // A step that failed for good was told by itself.
      if (isFinalAttempt && isUnexpected(error) && !(error instanceof StepError)) tell(error, fn.id(), ctx.runId)
    }
  }

  function tell(err: Error, name: string, run: string): void {
    log.error({ err, function: name, run }, 'a job failed for good')
  }
}

function isUnexpected(error: Error): boolean {
  return !isRefusal(error) && !isRefusal(error.cause)
}
