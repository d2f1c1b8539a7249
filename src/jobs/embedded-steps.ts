import { Middleware, NonRetriableError } from 'inngest'

/** Steps that call an Inngest server in the middle of their own run; the others are refused by the engine. */
const CALLING = new Set(['realtime.publish', 'unknown'])

/** Refuses, in embedded mode, the steps that only an Inngest server answers: at once, not after four tries. */
export class EmbeddedSteps extends Middleware.BaseMiddleware {
  readonly id = 'gleaner:embedded-steps'

  override wrapStepHandler({ next, stepInfo }: Middleware.WrapStepHandlerArgs): Promise<unknown> {
    const { options } = stepInfo
    const stepType = String(stepInfo.stepType)
    if (!CALLING.has(stepType)) return next()
    const tool = stepType === 'unknown' ? 'such step' : `step.${stepType}`
    throw new NonRetriableError(`the embedded engine has no ${tool} (step ${options.id})`)
  }
}
