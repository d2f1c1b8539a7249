import 'server-only'
import { describeApi } from '@/trpc/openapi'
import { appRouter } from '@/wiring/router'
import type { Schema } from './schema-rows'

/** What the page reads of OpenAPI 3.1; the document has more. */
export type Operation = {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly group: string
  readonly parameters: readonly Parameter[]
  readonly body: Schema | null
  readonly answer: Schema | null
}

export type Parameter = {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly schema?: Schema
}

type Content = { readonly content?: { readonly 'application/json'?: { readonly schema?: Schema } } }
type Described = {
  readonly operationId?: string
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: Content
  readonly responses?: Readonly<Record<string, Content>>
}

/** Every operation by its group, in the order of the router. */
export function readGroups(): ReadonlyMap<string, readonly Operation[]> {
  // Made by the generator alone, which writes neither references nor anything else in these places.
  const paths = describeApi(appRouter, '').paths as Record<string, Record<string, Described>>
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, described]) => toOperation(path, method, described)),
  )
  return Map.groupBy(operations, ({ group }) => group)
}

function toOperation(path: string, method: string, described: Described): Operation {
  return {
    id: described.operationId ?? `${method}-${path}`,
    method: method.toUpperCase(),
    path,
    summary: described.summary ?? '',
    group: described.tags?.[0] ?? '',
    parameters: described.parameters ?? [],
    body: schemaOf(described.requestBody),
    answer: schemaOf(described.responses?.['200']),
  }
}

function schemaOf(content: Content | undefined): Schema | null {
  return content?.content?.['application/json']?.schema ?? null
}
