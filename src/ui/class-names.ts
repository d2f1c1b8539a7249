import { type ClassValue, clsx } from 'clsx'

/** What a class sets, of the things that callers of src/ui override, on our own scale; the first that fits counts. */
const settings: readonly (readonly [RegExp, name?: string])[] = [
  [/^(block|inline-block|inline|flex|inline-flex|grid|contents|hidden)$/, 'display'],
  [/^control-height$/, 'h'],
  [/^text-(meta|table|body|touch|title|figure|\[[\d.]+(px|r?em)\])$/, 'size of text'],
  [/^text-(left|right|center)$/, 'alignment'],
  [/^text-(wrap|nowrap|balance|pretty)$/, 'wrapping'],
  [/^font-(normal|medium|bold)$/, 'weight'],
  [/^font-(sans|mono)$/, 'family'],
  [/^bg-.*gradient/, 'picture'],
  [/^(size|w|h|min-w|max-w|[pm][xytrbl]?|gap-[xy]|gap|text|bg|items|justify|rounded-[tb]|rounded|opacity|stroke)-/],
]

const MODIFIERS = /^(?:(?:\[[^\]]*\]|\([^)]*\)|[^:[(])+:)*/

function settingOf(plain: string): string | null {
  for (const [form, name] of settings) {
    const found = form.exec(plain)
    if (found) return name ?? found[1] ?? null
  }
  return null
}

/** What a setting takes away from classes before it: `p` also `px` and `pl`. */
function coveredBy(setting: string): readonly string[] {
  const [side, axis] = setting
  if (setting === 'size') return ['size', 'w', 'h']
  if (!/^[pm][xy]?$/.test(setting)) return [setting]
  const sides = { x: 'xlr', y: 'ytb' }[axis ?? ''] ?? 'xytrbl'
  return [setting, ...[...sides].map((letter) => `${side}${letter}`)]
}

function merge(classes: string): string {
  const taken = new Set<string>()
  const kept = classes
    .split(' ')
    .filter(Boolean)
    .reverse()
    .filter((name) => {
      const [modifiers = ''] = MODIFIERS.exec(name) ?? []
      const setting = settingOf(name.slice(modifiers.length).replace(/^-|!$/g, ''))
      if (setting === null) return true
      const under = `${modifiers}${name.endsWith('!') ? '!' : ''}`
      if (taken.has(under + setting)) return false
      for (const covered of coveredBy(setting)) taken.add(under + covered)
      return true
    })
  return kept.reverse().join(' ')
}

const known = new Map<string, string>()

/**
 * Class names joined; of two that set the same thing the later one stays. tailwind-merge does more, for 2 kB of every page.
 */
export function cx(...classes: ClassValue[]): string {
  const joined = clsx(classes)
  const merged = known.get(joined) ?? merge(joined)
  known.set(joined, merged)
  return merged
}
