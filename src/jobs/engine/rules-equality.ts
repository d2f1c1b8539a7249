import type { ASTNode } from '@marcbachmann/cel-js'
import type { Expression } from './rules-expression'
import { type Path, pathOf, valueAt } from './rules-paths'

/** That the event which comes has this value at this path; both as JSON. */
export type Equality = { readonly path: string; readonly value: string }

type Scalar = string | number | boolean

/**
 * An equality without which the expression cannot hold, for a run that `event` began: of `async.data.id == event.data.id
 * && …` that `data.id` is what the run's event has there. Null where there is none, or its value is no scalar.
 */
export function equalityOf(expression: Expression, event: unknown): Equality | null {
  for (const { args } of conjuncts(expression.ast).filter(isEquality)) {
    const [left, right] = args
    const found = equal(left, right, event) ?? equal(right, left, event)
    if (found) return found
  }
  return null
}

/** The value that an event has at an equality's path, as the equality has it; null where it could not be equal. */
export function valueFor(path: string, event: unknown): string | null {
  // Written by `equalityOf`.
  return toText(valueAt(event, JSON.parse(path) as Path))
}

function conjuncts(node: ASTNode): readonly ASTNode[] {
  return node.op === '&&' ? node.args.flatMap(conjuncts) : [node]
}

type EqualityNode = Extract<ASTNode, { readonly op: '==' }>

function isEquality(node: ASTNode): node is EqualityNode {
  return node.op === '=='
}

function equal(async: ASTNode, other: ASTNode, event: unknown): Equality | null {
  const path = pathOf(async)
  if (path?.[0] !== 'async' || path.length < 2) return null
  const value = toText(readValue(other, event))
  return value === null ? null : { path: JSON.stringify(path.slice(1)), value }
}

function readValue(node: ASTNode, event: unknown): unknown {
  if (node.op === 'value') return typeof node.args === 'bigint' ? Number(node.args) : node.args
  const path = pathOf(node)
  return path?.[0] === 'event' ? valueAt(event, path.slice(1)) : undefined
}

/** Only scalars: CEL compares them as their JSON does, but 1 with 1.0, which are one in JSON as we have it. */
function toText(value: unknown): string | null {
  return isScalar(value) ? JSON.stringify(value) : null
}

function isScalar(value: unknown): value is Scalar {
  return ['string', 'number', 'boolean'].includes(typeof value)
}
