import { describe, expect, it } from 'vitest'
import { jobMode } from './client'

describe('who runs the jobs', () => {
  it.each([
    [{}, 'embedded'],
    [{ INNGEST_DEV: '1' }, 'inngest'],
    [{ INNGEST_DEV: 'http://localhost:8288' }, 'inngest'],
    [{ INNGEST_DEV: '0' }, 'embedded'],
    [{ INNGEST_DEV: '' }, 'embedded'],
    [{ INNGEST_EVENT_KEY: 'e', INNGEST_SIGNING_KEY: 'signkey-prod-00' }, 'inngest'],
    [{ INNGEST_EVENT_KEY: 'e' }, 'embedded'],
    [{ INNGEST_SIGNING_KEY: 'signkey-prod-00' }, 'embedded'],
  ])('%j is %s', (env, mode) => {
    expect(jobMode(env)).toBe(mode)
  })
})
