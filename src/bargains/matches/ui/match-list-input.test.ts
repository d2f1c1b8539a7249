import { expect, test } from 'vitest'
import { matchListInput } from './match-list-input'

const plain = { state: 'all', sort: 'newest', source: null, watch: null } as const

test('what is not chosen is left out, so that server and browser ask the same question', () => {
  expect(Object.keys(matchListInput(plain))).toEqual(['sort'])
  expect(matchListInput({ ...plain, state: 'favourite', source: 'olx' })).toEqual({
    state: 'favourite',
    source: 'olx',
    sort: 'newest',
  })
})

test('the page of one watch shows that watch, whatever its address says', () => {
  expect(matchListInput({ ...plain, watch: 'other' }, 'this').watchId).toBe('this')
})
