import { expect, test } from 'vitest'
import { cx } from './class-names'

test('of two classes that set the same thing the later one stays', () => {
  expect(cx('h-8 px-3 text-body', 'h-7 px-2 text-table')).toBe('h-7 px-2 text-table')
  expect(cx('control-height', 'h-7')).toBe('h-7')
  expect(cx('p-4', 'px-2')).toBe('p-4 px-2')
  expect(cx('px-2', 'p-4')).toBe('p-4')
  expect(cx('w-8 h-8', 'size-6')).toBe('size-6')
})

test('a size of text and its colour live side by side', () => {
  expect(cx('text-meta', 'text-ink-2')).toBe('text-meta text-ink-2')
  expect(cx('text-[11px]', 'text-ink-2', 'text-right')).toBe('text-[11px] text-ink-2 text-right')
})

test('what only looks alike is left alone', () => {
  expect(cx('flex flex-1 flex-col', 'gap-2 gap-x-4')).toBe('flex flex-1 flex-col gap-2 gap-x-4')
  expect(cx('bg-card', 'bg-[linear-gradient(red,red)]')).toBe('bg-card bg-[linear-gradient(red,red)]')
  expect(cx('hover:bg-hover', 'bg-card')).toBe('hover:bg-hover bg-card')
  expect(cx('px-3!', 'px-2', '-m-1', '[&_svg]:size-4', 'size-6')).toBe('px-3! px-2 -m-1 [&_svg]:size-4 size-6')
  expect(cx('rounded-card', false, undefined, 'rounded-t-none')).toBe('rounded-card rounded-t-none')
})
