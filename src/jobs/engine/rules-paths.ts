import type { ASTNode } from '@marcbachmann/cel-js'
import { Missing } from './rules-cel'

/** What an expression reads of one of its variables: `event.data.x` is the path `event`, `data`, `x`. */
export type Path = readonly string[]

/** The paths of an expression, longest first found. Those inside `has()` are left to it. */
export function pathsOf(node: ASTNode): readonly Path[] {
  const path = pathOf(node)
  if (path) return [path]
  if (node.op === 'call' && node.args[0] === 'has') return []
  return nodesIn(node.args).flatMap(pathsOf)
}

/** `a.b`, `a['b']`: a path of constant keys; null for anything else. */
export function pathOf(node: ASTNode): Path | null {
  if (node.op === 'id') return [node.args]
  if (node.op !== '.' && node.op !== '[]') return null
  const base = pathOf(node.args[0])
  const key = keyOf(node.args[1])
  return base && key !== null ? [...base, key] : null
}

function keyOf(key: string | ASTNode): string | null {
  if (typeof key === 'string') return key
  return key.op === 'value' && typeof key.args === 'string' ? key.args : null
}

/** Macros whose second argument on may read a name of their own. */
const MACROS = new Set(['all', 'exists', 'exists_one', 'filter', 'map', 'bind'])

/** The outermost `||` and `&&` below an expression's own operator; not those that may read a macro's own name. */
export function choicesIn(node: ASTNode): readonly ASTNode[] {
  if (node.op === 'call' && node.args[0] === 'has') return []
  const below = node.op === 'rcall' && MACROS.has(node.args[0]) ? [node.args[1]] : nodesIn(node.args)
  return below.flatMap((inner) => (inner.op === '||' || inner.op === '&&' ? [inner] : choicesIn(inner)))
}

/** The nodes among a node's arguments, which lie in lists of lists. */
function nodesIn(args: unknown): readonly ASTNode[] {
  if (Array.isArray(args)) return args.flatMap(nodesIn)
  return isNode(args) ? [args] : []
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value
}

type Tree = Map<string, Tree>

/** Paths as a tree, to be filled together. */
export function treeOf(paths: readonly Path[]): Tree {
  const root: Tree = new Map()
  for (const path of paths) {
    let at = root
    for (const key of path) {
      const next: Tree = at.get(key) ?? new Map()
      at.set(key, next)
      at = next
    }
  }
  return root
}

/** A copy of what the tree names, with `Missing` for what is not there; a leaf is the value itself. */
export function fill(tree: Tree, value: unknown): unknown {
  if (tree.size === 0) return value === undefined ? new Missing() : value
  const source = isPlain(value) ? value : null
  const target: Record<string, unknown> = source ? { ...source } : Object.assign(new Missing())
  for (const [key, below] of tree) {
    const inner = source && Object.hasOwn(source, key) ? source[key] : undefined
    Object.defineProperty(target, key, { value: fill(below, inner), enumerable: true })
  }
  return target
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value at a path, or undefined. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, key) => (isPlain(at) && Object.hasOwn(at, key) ? at[key] : undefined), value)
}
