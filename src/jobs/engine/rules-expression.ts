/**
 * The part of CEL (Common Expression Language) that our functions use: paths, literals, `==`, `!=`, `&&`, `||`, `+` and
 * brackets. Anything else is refused when the function is registered.
 */
export type Expression = (scope: Readonly<Record<string, unknown>>) => unknown

const TOKEN =
  /\s*(?:('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(\d+(?:\.\d+)?)|([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)|(==|!=|&&|\|\||[+()]))/y

type Token = { readonly kind: 'text' | 'number' | 'path' | 'sign'; readonly text: string }
type Cursor = { readonly tokens: readonly Token[]; at: number; readonly source: string }
type Operator = (left: unknown, right: unknown) => unknown

/** Compiles once; the result reads a path that is not there as null. Throws for syntax that is not supported. */
export function compileExpression(source: string): Expression {
  const cursor: Cursor = { tokens: tokenise(source), at: 0, source }
  const expression = parseLevel(cursor, 0)
  if (cursor.at < cursor.tokens.length) refuse(source)
  return expression
}

const LEVELS: readonly Readonly<Record<string, Operator>>[] = [
  { '||': (a, b) => a === true || b === true },
  { '&&': (a, b) => a === true && b === true },
  { '==': (a, b) => a === b, '!=': (a, b) => a !== b },
  { '+': (a, b) => (typeof a === 'number' && typeof b === 'number' ? a + b : `${a ?? ''}${b ?? ''}`) },
]

function parseLevel(cursor: Cursor, level: number): Expression {
  const operators = LEVELS[level]
  if (!operators) return parseOperand(cursor)
  let left = parseLevel(cursor, level + 1)
  for (;;) {
    const operator = operators[signAt(cursor) ?? '']
    if (!operator) return left
    cursor.at += 1
    left = combine(operator, left, parseLevel(cursor, level + 1))
  }
}

function combine(operator: Operator, left: Expression, right: Expression): Expression {
  return (scope) => operator(left(scope), right(scope))
}

function signAt(cursor: Cursor): string | undefined {
  const token = cursor.tokens[cursor.at]
  return token?.kind === 'sign' ? token.text : undefined
}

function parseOperand(cursor: Cursor): Expression {
  const token = cursor.tokens[cursor.at]
  cursor.at += 1
  switch (token?.kind) {
    case 'text':
      return constant(token.text.slice(1, -1).replace(/\\(.)/g, '$1'))
    case 'number':
      return constant(Number(token.text))
    case 'path':
      return path(token.text)
    default:
      return token?.text === '(' ? bracketed(cursor) : refuse(cursor.source)
  }
}

function bracketed(cursor: Cursor): Expression {
  const inner = parseLevel(cursor, 0)
  if (signAt(cursor) !== ')') refuse(cursor.source)
  cursor.at += 1
  return inner
}

const WORDS: Readonly<Record<string, unknown>> = { true: true, false: false, null: null }

function path(text: string): Expression {
  if (text in WORDS) return constant(WORDS[text])
  const keys = text.split('.')
  return (scope) => keys.reduce<unknown>(member, scope) ?? null
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined
}

function constant(value: unknown): Expression {
  return () => value
}

function tokenise(source: string): readonly Token[] {
  const tokens: Token[] = []
  const rest = source.trimEnd()
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < rest.length) {
    const found = TOKEN.exec(rest)
    if (!found) return refuse(source)
    tokens.push(toToken(found))
  }
  return tokens
}

function toToken([, text, number, name, sign]: RegExpExecArray): Token {
  if (text !== undefined) return { kind: 'text', text }
  if (number !== undefined) return { kind: 'number', text: number }
  return name === undefined ? { kind: 'sign', text: sign ?? '' } : { kind: 'path', text: name }
}

function refuse(source: string): never {
  throw new Error(`expression not supported: ${source}`)
}
