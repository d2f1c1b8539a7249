import { type ClassValue, clsx } from 'clsx'
import { createTailwindMerge } from 'tailwind-merge'

const any = () => true
/** `text-[11px]` is a size, `text-[red]` would be a colour. */
const length = (value: string) => /^\[[\d.]+(px|r?em)\]$/.test(value)
const image = (value: string) => value.includes('gradient')
const sides = (name: string) => ({
  [name]: [{ [name]: [any] }],
  ...Object.fromEntries(['x', 'y', 't', 'r', 'b', 'l'].map((side) => [name + side, [{ [name + side]: [any] }]])),
})
const overriding = (name: string) => ({
  [name]: ['x', 'y', 't', 'r', 'b', 'l'].map((side) => name + side),
  [`${name}x`]: [`${name}l`, `${name}r`],
  [`${name}y`]: [`${name}t`, `${name}b`],
})

/**
 * Only the groups that callers of src/ui override, on our own scale: tailwind-merge's whole table would be a twentieth of a
 * page's JavaScript.
 */
const merge = createTailwindMerge(() => ({
  cacheSize: 500,
  theme: {},
  classGroups: {
    display: ['block', 'inline-block', 'inline', 'flex', 'inline-flex', 'grid', 'contents', 'hidden'],
    size: [{ size: [any] }],
    w: [{ w: [any] }],
    h: [{ h: [any] }, 'control-height'],
    'min-w': [{ 'min-w': [any] }],
    'max-w': [{ 'max-w': [any] }],
    ...sides('p'),
    ...sides('m'),
    gap: [{ gap: [any] }],
    'gap-x': [{ 'gap-x': [any] }],
    'gap-y': [{ 'gap-y': [any] }],
    'font-size': [{ text: ['meta', 'table', 'body', 'touch', 'title', 'figure', length] }],
    'text-align': [{ text: ['left', 'right', 'center'] }],
    'text-wrap': [{ text: ['wrap', 'nowrap', 'balance', 'pretty'] }],
    'text-color': [{ text: [any] }],
    weight: [{ font: ['normal', 'medium', 'bold'] }],
    family: [{ font: ['sans', 'mono'] }],
    'bg-image': [{ bg: [image] }],
    bg: [{ bg: [any] }],
    items: [{ items: [any] }],
    justify: [{ justify: [any] }],
    'rounded-t': [{ 'rounded-t': [any] }],
    'rounded-b': [{ 'rounded-b': [any] }],
    rounded: [{ rounded: [any] }],
    opacity: [{ opacity: [any] }],
    stroke: [{ stroke: [any] }],
  },
  conflictingClassGroups: { size: ['w', 'h'], ...overriding('p'), ...overriding('m') },
  conflictingClassGroupModifiers: {},
  postfixLookupClassGroups: [],
  orderSensitiveModifiers: ['*', '**', 'after', 'before', 'placeholder'],
}))

/** Class names joined; of two that set the same thing the later one stays. */
export function cx(...classes: ClassValue[]): string {
  return merge(clsx(classes))
}
