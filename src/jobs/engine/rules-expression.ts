import { type ASTNode, serialize } from '@marcbachmann/cel-js'
import { Missing, ofBoth, ofEvent, PARTS } from './rules-cel'
import { choicesIn, fill, pathsOf, treeOf } from './rules-paths'

/** What an expression reads: the event that began the run and, where one is matched, the event that has just come. */
export type Scope = { readonly event: unknown; readonly async?: unknown }

/** A compiled expression: its value as JSON has it, null where it fails on this event or reads what is not there. */
export type Expression = ((scope: Scope) => unknown) & { readonly text: string; readonly ast: ASTNode }

type Language = typeof ofEvent
type Parsed = ReturnType<Language['parse']>

/** So many texts are kept compiled; those of functions are few, but `waitForEvent` may write an id into its own. */
const MOST_KEPT = 2000
const kept = { event: new Map<string, Expression>(), both: new Map<string, Expression>() }

/** Compiles an expression over `event` (trigger, keys, priority). Throws, with the library's words, for one that is wrong. */
export function compileExpression(text: string): Expression {
  return recall(kept.event, text, ofEvent)
}

/** Compiles an expression over `event` and `async` (`waitForEvent`, `cancelOn`). Throws as `compileExpression` does. */
export function compileMatch(text: string): Expression {
  return recall(kept.both, text, ofBoth)
}

/** Whether a condition holds. One that fails, or is anything but a boolean, does not: so does Inngest. */
export function holds(condition: Expression | null, scope: Scope): boolean {
  return condition === null || condition(scope) === true
}

/** The value of a key as text (its JSON, so that 1 and "1" differ); null where it has none. */
export function keyText(key: Expression, event: unknown): string | null {
  const value = key({ event })
  return value === null || value === undefined ? null : JSON.stringify(value)
}

/** The value of an expression such as `priority.run`, in its own unit; null where it is no finite number. */
export function numberOf(expression: Expression, event: unknown): number | null {
  const value = expression({ event })
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

/** The least lately used text goes first. */
function recall(cache: Map<string, Expression>, text: string, language: Language): Expression {
  const expression = cache.get(text) ?? compile(text, language)
  cache.delete(text)
  cache.set(text, expression)
  if (cache.size > MOST_KEPT) for (const oldest of cache.keys()) return drop(cache, oldest, expression)
  return expression
}

function drop(cache: Map<string, Expression>, oldest: string, expression: Expression): Expression {
  cache.delete(oldest)
  return expression
}

type Evaluate = (scope: Scope) => unknown

function compile(text: string, language: Language): Expression {
  try {
    const parsed = language.parse(text)
    return Object.assign(evaluator(parsed, language), { text, ast: parsed.ast })
  } catch (error) {
    throw new Error(`expression ${JSON.stringify(text)}: ${wordsOf(error)}`, { cause: error })
  }
}

function evaluator(whole: Parsed, language: Language): Evaluate {
  if (whole.ast.op === '||' || whole.ast.op === '&&') return choice(whole.ast.op, whole.ast.args, language)
  const choices = choicesIn(whole.ast)
  const parts = choices.map((node) => evaluator(language.parse(serialize(node)), language))
  const parsed = choices.length === 0 ? whole : language.parse(withParts(whole.ast, choices))
  const { valid, error } = parsed.check()
  if (!valid) throw error
  const tree = treeOf(pathsOf(parsed.ast))
  return (scope) => {
    try {
      const values = Object.fromEntries(parts.map((part, at) => [partName(at), part(scope) ?? undefined]))
      return toJson(parsed(fillAll(tree, scope, values)))
    } catch {
      // An expression that fails on an event says nothing of it (a text where a list is wanted): as if it had no value.
      return null
    }
  }
}

function partName(at: number): string {
  return `p${at}`
}

/** The expression's text, with names in the place of its choices: the library takes none that are not booleans. */
function withParts({ input }: ASTNode, choices: readonly ASTNode[]): string {
  return choices.reduceRight(
    (text, { start, end }, at) => `${text.slice(0, start)}${PARTS}.${partName(at)}${text.slice(end)}`,
    input,
  )
}

/** As Inngest has it: `a || b` is the first that says something, as a key may want it, and so with `&&`. */
function choice(sign: '||' | '&&', sides: readonly [ASTNode, ASTNode], language: Language): Evaluate {
  const [left, right] = sides.map((side) => evaluator(language.parse(serialize(side)), language))
  if (!left || !right) throw new Error(`${sign} has two sides`)
  return (scope) => {
    const value = left(scope)
    return isSomething(value) === (sign === '&&') ? right(scope) : value
  }
}

function isSomething(value: unknown): boolean {
  return value !== null && value !== false && value !== '' && value !== 0
}

function fillAll(tree: ReturnType<typeof treeOf>, scope: Scope, parts: object): Record<string, unknown> {
  const values: Record<string, unknown> = { event: scope.event, async: scope.async, [PARTS]: parts }
  for (const [name, below] of tree) values[name] = fill(below, values[name])
  return values
}

/** The library's own words, without the drawing of the place that follows. */
function wordsOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? ''
}

/** Every value of the language has one in JSON: numbers of both kinds, times, and what lists and maps hold of them. */
function toJson(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (value === undefined || value instanceof Missing) return null
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(toJson)
  const own: unknown = value.valueOf()
  // The library's unsigned numbers and durations (in milliseconds) hide what they hold.
  if (typeof own !== 'object') return toJson(own)
  const entries = value instanceof Map ? [...value] : Object.entries(value)
  return Object.fromEntries(entries.map(([key, inner]) => [String(key), toJson(inner)]))
}
