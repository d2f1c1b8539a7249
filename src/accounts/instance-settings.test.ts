import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { newId } from '@/kernel/ids'
import { deleteSetting, readSetting, writeSetting } from './instance-settings'
import { openSecretBox } from './secret-box'
import { instanceSettings } from './table'
import { createTestWorkspace } from './testing'

const test = openTestDatabase()
const box = openSecretBox(randomBytes(32).toString('base64'))
const administrator = { id: newId(), administrator: true }
const CANARY = '123456:canary-zażółć'

describe('pasted settings', () => {
  it('come back as they were, and lie encrypted', async () => {
    await writeSetting(test.db, box, administrator, 'telegram.token', 'first')
    await writeSetting(test.db, box, administrator, 'telegram.token', CANARY)
    expect(await readSetting(test.db, box, 'telegram.token')).toBe(CANARY)
    expect(JSON.stringify(await test.db.select().from(instanceSettings))).not.toContain('canary')
    await deleteSetting(test.db, administrator, 'telegram.token')
    expect(await readSetting(test.db, box, 'telegram.token')).toBeNull()
  })

  it('are for the administrator alone, and no workspace can read them', async () => {
    const somebody = { ...administrator, administrator: false }
    await expect(writeSetting(test.db, box, somebody, 'x', 'y')).rejects.toMatchObject({ code: 'forbidden' })
    await expect(deleteSetting(test.db, somebody, 'x')).rejects.toMatchObject({ code: 'forbidden' })
    const mine = await createTestWorkspace(test.db)
    const peek = mine.run((ctx) => ctx.db.select().from(instanceSettings))
    await expect(peek).rejects.toMatchObject({ cause: { code: '42501' } })
  })

  it('say so when they were sealed with another key', async () => {
    await writeSetting(test.db, box, administrator, 'smtp', CANARY)
    const other = openSecretBox(randomBytes(32).toString('hex'))
    await expect(readSetting(test.db, other, 'smtp')).rejects.toMatchObject({ code: 'conflict', reason: 'secretKey' })
  })

  it('cannot be altered or put in each other’s place', () => {
    const sealed = box.seal(CANARY, 'smtp')
    expect(() => box.open(sealed, 'telegram')).toThrow(/altered/)
    const [keyId, iv, , text] = sealed.split('.')
    const otherTag = Buffer.alloc(16).toString('base64url')
    expect(() => box.open([keyId, iv, otherTag, text].join('.'), 'smtp')).toThrow(/altered/)
    expect(box.seal(CANARY, 'smtp')).not.toBe(sealed)
    expect(box.open(sealed, 'smtp')).toBe(CANARY)
  })
})
