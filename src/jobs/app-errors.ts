import { Middleware, NonRetriableError, RetryAfterError } from 'inngest'
import { isAppError } from '@/kernel/app-error'

/** The job door's map of errors: what cannot help is not tried again, and a wish to wait is obeyed. */
export class AppErrors extends Middleware.BaseMiddleware {
  readonly id = 'gleaner:app-errors'

  override wrapStepHandler({ next }: Middleware.WrapStepHandlerArgs): Promise<unknown> {
    return next().catch(translate)
  }

  override wrapFunctionHandler({ next }: Middleware.WrapFunctionHandlerArgs): Promise<unknown> {
    return next().catch(translate)
  }
}

function translate(error: unknown): never {
  if (!isAppError(error)) throw error
  if (error.permanent) throw new NonRetriableError(error.message, { cause: error })
  if (error.retryAfter !== undefined)
    throw new RetryAfterError(error.message, error.retryAfter * 1000, { cause: error })
  throw error
}
