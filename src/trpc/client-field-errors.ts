import type { z } from 'zod'

type Find = (key: string, values?: Record<string, string | number>) => string | null

/**
 * One text a field. A schema's own message may be a key of the `errors` texts (`password.short`); else the issue's kind
 * says what is wrong. Used by the server and by forms, so that both say the same.
 */
export function fieldErrors(issues: readonly z.core.$ZodIssue[], find: Find): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {}
  for (const issue of issues) {
    const path = issue.path.join('.')
    texts[path] ??= fieldError(issue, find)
  }
  return texts
}

export function fieldError(issue: z.core.$ZodIssue, find: Find): string {
  const [kind, values] = kindOf(issue)
  return find(`errors.${issue.message}`, values) ?? find(`errors.fields.${kind}`, values) ?? issue.message
}

type Described = readonly [kind: string, values: Record<string, string | number>]

function kindOf(issue: z.core.$ZodIssue): Described {
  if (issue.code === 'too_small') return tooSmall(issue)
  if (issue.code === 'too_big')
    return [issue.origin === 'string' ? 'tooLong' : 'tooBig', { most: Number(issue.maximum) }]
  // The value itself is not in the issue, only zod's English of it.
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) return ['required', {}]
  if (issue.code === 'invalid_format') return [issue.format === 'email' ? 'email' : 'format', {}]
  return ['wrong', issue.code === 'custom' ? (issue.params ?? {}) : {}]
}

function tooSmall(issue: z.core.$ZodIssueTooSmall): Described {
  if (issue.origin !== 'string') return ['tooSmall', { least: Number(issue.minimum) }]
  return Number(issue.minimum) === 1 ? ['required', {}] : ['tooShort', { least: Number(issue.minimum) }]
}
