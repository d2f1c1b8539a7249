import { createTransport } from 'nodemailer'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startWorld, type World } from './world.ts'

let world: World
beforeEach(async () => {
  world = await startWorld()
})
afterEach(() => world.close())

const letter = {
  from: 'Gleaner <gleaner@example.org>',
  to: 'ania@example.org',
  subject: 'Rower za 650 zł',
  text: 'Łódź',
  html: '<b>Łódź</b>',
}

function send(more: object = {}) {
  return createTransport(world.env().SMTP_URL ?? '').sendMail({ ...letter, ...more })
}

test('a letter arrives with its subject, both bodies and headers', async () => {
  const coming = world.mail.waitFor((mail) => mail.to.includes('ania@example.org'))
  await send({ headers: { 'List-Unsubscribe': '<https://example.org/u>' } })
  const mail = await coming
  expect([mail.subject, mail.text.trim(), mail.html.trim(), mail.via]).toEqual([
    'Rower za 650 zł',
    'Łódź',
    '<b>Łódź</b>',
    'smtp',
  ])
  expect(mail.headers['list-unsubscribe']).toBe('<https://example.org/u>')
})

test('a refused recipient is 550, the next letter fails as told, and then they pass again', async () => {
  world.mail.rejectRcpt('gone@example.org')
  await expect(send({ to: 'gone@example.org' })).rejects.toMatchObject({ responseCode: 550 })
  world.mail.failNext(451, 'Try again later')
  await expect(send()).rejects.toMatchObject({ responseCode: 451 })
  world.mail.failNext(554, 'Spam', 1)
  await expect(send()).rejects.toMatchObject({ responseCode: 554 })
  await send()
  expect(world.mail.messages).toHaveLength(1)
})

test('a server that is down refuses connections, and is back on the same port', async () => {
  const url = world.env().SMTP_URL
  await world.mail.down()
  await expect(send()).rejects.toThrow('ECONNREFUSED')
  await world.mail.up()
  expect(world.env().SMTP_URL).toBe(url)
  await send()
  expect(world.mail.to('ania@example.org')).toHaveLength(1)
})

test('a letter whose answer is lost has arrived all the same', async () => {
  world.mail.answerLost(1)
  await expect(send()).rejects.toThrow()
  expect(world.mail.messages).toHaveLength(1)
  await send()
  expect(world.mail.messages).toHaveLength(2)
})

async function resend(body: object, headers: Record<string, string> = {}) {
  const response = await fetch(`${world.env().RESEND_BASE_URL}/emails`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${world.mail.resend.key}`, ...headers },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> } // Resend answers with an object
}

test('Resend takes a letter with the right key only, and misses what is missing', async () => {
  expect((await resend(letter, { authorization: 'Bearer re_wrong' })).status).toBe(403)
  expect((await resend({ from: 'a@example.org' })).body.name).toBe('missing_required_field')
  expect((await resend(letter)).status).toBe(200)
  world.mail.resend.failNext(429, 'rate_limit_exceeded', 'Too many requests')
  expect((await resend(letter)).status).toBe(429)
  expect(world.mail.messages.map((mail) => mail.via)).toEqual(['resend'])
})

test('the same idempotency key is one letter, and another letter under it is refused', async () => {
  const key = { 'idempotency-key': 'delivery-1' }
  const first = await resend(letter, key)
  expect((await resend(letter, key)).body.id).toBe(first.body.id)
  expect((await resend({ ...letter, subject: 'other' }, key)).status).toBe(409)
  expect(world.mail.messages).toHaveLength(1)
})
