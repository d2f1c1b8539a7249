import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sampleLetters, sampleSignal } from '@/giving/care/fixtures/letters'
import { renderMail } from '@/notifications/channels/email/render-mail'
import type { Reader } from '@/notifications/message'
import { sayings } from '@/wiring/messages'

const APP_URL = 'https://gleaner.example'

/** Writes every sample letter in both languages, as HTML and as text, and a page that shows them; answers its path. */
export async function writeLetters(folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true })
  const known = Object.assign({}, ...sayings)
  const names: string[] = []
  for (const sample of sampleLetters) {
    for (const locale of ['en', 'pl']) {
      const signal = sampleSignal(sample)
      const { html, text, subject } = await renderMail(
        known[signal.kind](signal, readerOf(locale)),
        readerOf(locale),
        '',
        '',
      )
      const name = `${sample[0]}.${locale}`
      writeFileSync(join(folder, `${name}.html`), html)
      writeFileSync(join(folder, `${name}.txt`), `${subject}\n\n${text}`)
      names.push(name)
    }
  }
  const page = join(folder, 'index.html')
  writeFileSync(page, pageOf(names))
  return page
}

function readerOf(locale: string): Reader {
  return {
    ...{ locale, timeZone: 'Europe/Warsaw', now: new Date('2026-11-22T08:00:00Z'), appUrl: APP_URL },
    actUrl: (data) => `${APP_URL}/act/${Buffer.from(`act|sample|${data}`).toString('base64url')}.c2lnbmF0dXJlLW9mLTE2`,
    stopUrl: () => `${APP_URL}/api/unsubscribe/c3RvcHxzYW1wbGV8bWVtYmVy.c2lnbmF0dXJlLW9mLTE2`,
  }
}

function pageOf(names: readonly string[]): string {
  const frame = (name: string, width: number) =>
    `<iframe src="${name}.html" title="${name}" width="${width}" height="800"></iframe>`
  const parts = names.map(
    (name) => `<h2>${name} <a href="${name}.txt">text</a></h2>${frame(name, 640)} ${frame(name, 360)}`,
  )
  return `<!doctype html><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>Letters</title>${parts.join('')}`
}
