import { Environment } from '@marcbachmann/cel-js'

/**
 * The language of expressions: CEL, with Inngest's own leniency (inngest/inngest, pkg/expressions): a field that is not
 * there equals null alone and is less than anything, null counts as zero in a comparison, numbers of both kinds mix, and
 * `+` joins a text with anything.
 */

/** Stands for a field that is not there. Fields of it are set where an expression reads on below it. */
export class Missing {}

const KINDS = ['int', 'double', 'string', 'bool', 'null', 'list', 'map'] as const
const ZEROS = { int: 0, double: 0, string: '' } as const
const TEXT_TESTS = ['contains', 'startsWith', 'endsWith', 'matches'] as const

type Order = (left: number | string, right: number | string) => boolean
const ORDERS: Readonly<Record<string, Order>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

const ARITHMETIC: Readonly<Record<string, (left: number, right: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
}

/** Holds the values of those parts of an expression that are reckoned by themselves (rules-expression.ts). */
export const PARTS = 'gleaner_parts'

/** Expressions over the event that began a run. */
export const ofEvent = createLanguage().registerVariable('event', 'dyn').registerVariable(PARTS, 'dyn')
/** Expressions that also read `async`, the event which has just come. */
export const ofBoth = ofEvent.clone().registerVariable('async', 'dyn')

function createLanguage(): Environment {
  const language = new Environment({ homogeneousAggregateLiterals: false }).registerType('missing', { ctor: Missing })
  addEquality(language)
  addOrder(language)
  addArithmetic(language)
  addFunctions(language)
  return language
}

/** With other kinds than these the library's own answer is the same: not equal. */
function addEquality(language: Environment): void {
  language.registerOperator('missing == missing', () => false)
  for (const kind of KINDS) language.registerOperator(`missing == ${kind}`, () => kind === 'null')
}

function addOrder(language: Environment): void {
  for (const [sign, holds] of Object.entries(ORDERS)) {
    const less = sign.startsWith('<')
    language.registerOperator(`missing ${sign} missing`, () => less)
    for (const kind of KINDS) {
      language.registerOperator(`missing ${sign} ${kind}`, () => less)
      language.registerOperator(`${kind} ${sign} missing`, () => !less)
    }
    for (const [kind, zero] of Object.entries(ZEROS)) {
      language.registerOperator(`null ${sign} ${kind}`, (_null, right) => holds(zero, plain(right)))
      language.registerOperator(`${kind} ${sign} null`, (left) => holds(plain(left), zero))
    }
  }
}

function plain(value: bigint | number | string): number | string {
  return typeof value === 'bigint' ? Number(value) : value
}

function addArithmetic(language: Environment): void {
  for (const [sign, reckon] of Object.entries(ARITHMETIC)) {
    language.registerOperator(`double ${sign} int`, (left: number, right: bigint) => reckon(left, Number(right)))
    language.registerOperator(`int ${sign} double`, (left: bigint, right: number) => reckon(Number(left), right))
  }
  language.registerOperator('double % double', (left: number, right: number) => left % right)
  language.registerOperator('missing + missing', (left: Missing) => left)
  for (const kind of KINDS) {
    language.registerOperator(`missing + ${kind}`, (_missing, right) => right)
    language.registerOperator(`${kind} + missing`, (left) => left)
  }
  for (const kind of ['int', 'double', 'bool', 'null']) {
    language.registerOperator(`string + ${kind}`, (left, right) => `${left}${right}`)
    language.registerOperator(`${kind} + string`, (left, right) => `${left}${right}`)
  }
}

function addFunctions(language: Environment): void {
  language.registerOperator('!missing', () => false)
  for (const kind of ['missing', 'null']) {
    language.registerFunction(`size(${kind}): int`, () => 0n)
    for (const test of TEXT_TESTS) language.registerFunction(`${kind}.${test}(dyn): bool`, () => false)
  }
  language
    .registerFunction('uppercase(string): string', (text: string) => text.toUpperCase())
    .registerFunction('lowercase(string): string', (text: string) => text.toLowerCase())
    .registerFunction('b64decode(string): string', (text: string) => Buffer.from(text, 'base64').toString())
    .registerFunction('json_parse(string): dyn', (text: string): unknown => JSON.parse(text))
    .registerFunction('date(dyn): google.protobuf.Timestamp', readDate)
}

function readDate(value: unknown): Date {
  const date = new Date(typeof value === 'bigint' ? Number(value) : String(value))
  const read = typeof value === 'number' ? new Date(value) : date
  if (Number.isNaN(read.getTime())) throw new Error(`not a time: ${value}`)
  return read
}
