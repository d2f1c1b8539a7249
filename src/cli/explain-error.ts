import { z } from 'zod'
import { EnvError } from '@/env'
import { createTranslatorFor } from '@/i18n/translator'
import { isAppError } from '@/kernel/app-error'
import { StartRefused } from '@/supervisor/cleanup'
import { LockHeld } from '@/supervisor/lock'
import { fieldErrors } from '@/trpc/client-field-errors'
import { UsageError } from './command'

type Explained = { readonly code: string; readonly message: string; readonly wrongCall: boolean }

/** The command line's error map: what was wrong in words, and a stack only for what nobody foresaw. */
export function explainError(error: unknown): Explained {
  const wrongCall = error instanceof UsageError || isParseArgsError(error)
  if (wrongCall) return { code: 'bad_input', message: messageOf(error), wrongCall }
  if (isAppError(error)) {
    const words = createTranslatorFor('en', 'UTC')
    // Without a reason it was thrown by a command, in its own words.
    return { code: error.code, message: error.reason ? words.error(error) : error.message, wrongCall }
  }
  if (error instanceof z.ZodError) return { code: 'bad_input', message: describeFields(error), wrongCall }
  const expected = error instanceof EnvError || error instanceof StartRefused
  if (expected) return { code: 'bad_input', message: error.message, wrongCall }
  if (error instanceof LockHeld) return { code: 'conflict', message: heldBy(error), wrongCall }
  return {
    code: 'internal',
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    wrongCall,
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function heldBy({ pid }: LockHeld): string {
  return `Another gleaner command, process ${pid}, uses the data folder. Wait until it is done.`
}

function describeFields(error: z.ZodError): string {
  const { find } = createTranslatorFor('en', 'UTC')
  return Object.entries(fieldErrors(error.issues, find))
    .map(([path, text]) => `${path}: ${text}`)
    .join('\n')
}

function isParseArgsError(error: unknown): boolean {
  return error instanceof TypeError && String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS')
}
