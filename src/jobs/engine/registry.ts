import type { InngestFunction } from 'inngest'
import { z } from 'zod'
import { type CancelOn, compileEnding, endingShape, type Timeouts } from './ending'
import { compileFlow, type Flow, flowShape } from './flow'
import type { Handler } from './handler'
import { type Cron, nextTick, parseCron } from './rules-cron'
import { compileExpression, type Expression, holds } from './rules-expression'
import { debounceTask } from './sql'

/** One function, as the engine runs it. */
export type EngineFunction = {
  /** `gleaner-<job id>`; its failure handler is `gleaner-<job id>-failure`. */
  readonly id: string
  readonly events: readonly { readonly name: string; readonly matches: Expression | null }[]
  readonly crons: readonly { readonly text: string; readonly cron: Cron }[]
  /** Tries in all, the first included. */
  readonly tries: number
  readonly flow: Flow
  readonly cancels: readonly CancelOn[]
  readonly timeouts: Timeouts
}

export type Registry = ReadonlyMap<string, EngineFunction>

/** What the engine can do. Everything else that a function asks for is refused by name, at boot. */
const OPTIONS = new Set([
  ...['id', 'name', 'description', 'triggers', 'retries', 'onFailure', 'middleware', 'cancelOn', 'timeouts'],
  'checkpointing',
  ...Object.keys(flowShape),
])
const DEFAULT_RETRIES = 3
/** graphile-worker takes names of tasks up to 128 characters, and with a longer one it takes none at all. */
const LONGEST_ID = 128 - debounceTask('').length

const configSchema = z.object({
  id: z.string(),
  triggers: z.array(
    z.union([
      z.strictObject({ event: z.string(), expression: z.string().optional() }),
      z.strictObject({ cron: z.string() }),
    ]),
  ),
  steps: z.object({ step: z.object({ retries: z.object({ attempts: z.int().nonnegative() }).optional() }) }),
  ...flowShape,
  ...endingShape,
})
type Config = z.infer<typeof configSchema>

/** Reads the functions' configuration through the SDK. Throws with the function's id and the option it may not have. */
export async function readRegistry(handler: Handler, functions: readonly InngestFunction.Any[]): Promise<Registry> {
  for (const { opts } of functions) refuseUnknown(opts.id, opts)
  const reply = await handler.configs()
  if (reply.status !== 200) throw new Error(`the functions could not be registered: ${reply.body}`)
  const { functions: configs } = z
    .object({ functions: z.array(z.looseObject({ id: z.string() })) })
    .parse(JSON.parse(reply.body))
  const registry = new Map<string, EngineFunction>()
  for (const config of configs) {
    if (registry.has(config.id)) throw new Error(`two functions have the id ${config.id}`)
    registry.set(config.id, toFunction(config))
  }
  return registry
}

function refuseUnknown(id: string, options: object): void {
  for (const [key, value] of Object.entries(options)) {
    if (value !== undefined && !OPTIONS.has(key)) throw new Error(`function ${id}: the embedded engine has no ${key}`)
  }
}

function toFunction(raw: { readonly id: string }): EngineFunction {
  const read = configSchema.safeParse(raw)
  if (!read.success) throw new Error(`function ${raw.id}: the embedded engine has no ${firstIssue(read.error)}`)
  try {
    return compile(read.data)
  } catch (error) {
    throw new Error(`function ${raw.id}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues
  return `${issue?.path.join('.') ?? ''} of this kind (${issue?.message ?? 'unknown'})`
}

function compile(config: Config): EngineFunction {
  if (config.id.length > LONGEST_ID) throw new Error(`its id is longer than ${LONGEST_ID} characters`)
  return {
    id: config.id,
    events: config.triggers.flatMap((trigger) =>
      'event' in trigger ? [{ name: trigger.event, matches: readExpression('if', trigger.expression) }] : [],
    ),
    crons: config.triggers.flatMap((trigger) =>
      'cron' in trigger ? [{ text: trigger.cron, cron: readSchedule(trigger.cron) }] : [],
    ),
    tries: 1 + (config.steps.step.retries?.attempts ?? DEFAULT_RETRIES),
    flow: compileFlow(config, readExpression),
    ...compileEnding(config),
  }
}

function readSchedule(text: string): Cron {
  const cron = parseCron(text)
  if (!nextTick(cron, new Date())) throw new Error(`the schedule ${text} never comes`)
  return cron
}

/** Compiles an option's expression. Throws with the option's name and the words of the library. */
export function readExpression(option: string, text: string | undefined): Expression | null {
  if (text === undefined) return null
  try {
    return compileExpression(text)
  } catch (error) {
    throw new Error(`${option}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

/** The functions that an event begins. */
export function functionsFor(registry: Registry, event: { readonly name: string }): readonly EngineFunction[] {
  return [...registry.values()].filter(({ events }) =>
    events.some(({ name, matches }) => name === event.name && holds(matches, { event })),
  )
}
