import type { ParseArgsOptionsConfig } from 'node:util'

/** What a command says at its end: `json` with --json, else `text`. */
export type Answer = {
  readonly json: unknown
  readonly text: string
  /** 1 where the question was answered and the answer is bad, as by `doctor`. */
  readonly exitCode?: 0 | 1
}

export type Values = Readonly<Record<string, string | boolean | undefined>>

export type Command = {
  /** How it is called: `user create`. */
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  /** What follows the name: `FILE --url URL`. */
  readonly usage: string
  /** A line for each option. */
  readonly help: readonly string[]
  readonly options: ParseArgsOptionsConfig
  /** How many words follow the name. */
  readonly words: number
  readonly run: (values: Values, words: readonly string[]) => Promise<Answer>
}

/** The command was called wrongly: exit code 2, with its usage. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** The value of an option that the command cannot do without. */
export function required(values: Values, name: string): string {
  const value = values[name]
  if (typeof value !== 'string' || value === '') throw new UsageError(`--${name} is missing`)
  return value
}

/** The value of an option that may be left out. */
export function optional(values: Values, name: string): string | undefined {
  const value = values[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}
