import { fold } from '@/kernel/text'

/** NIST SP 800-63B-4, 3.1.1.2: length and a list of common ones; no rules on kinds of characters. */
export const PASSWORD_LEAST = 10
/** Argon2 hashes any length: a cap keeps a request from being work for minutes. */
export const PASSWORD_MOST = 200

/** The commonest with ten characters or more, and what comes to mind on this page; compared folded, without spaces. */
const COMMON = new Set([
  '1234567890',
  '12345678910',
  '0123456789',
  '0987654321',
  '9876543210',
  '1111111111',
  '0000000000',
  '1q2w3e4r5t',
  'q1w2e3r4t5',
  '1qaz2wsx3edc',
  'qwertyuiop',
  'qwerty12345',
  'qwerty123456',
  'qwerty1234',
  'asdfghjkl1',
  'password12',
  'password123',
  'password1234',
  'passwordpassword',
  'iloveyou12',
  'abcdefghij',
  'abcd123456',
  'abc1234567',
  'letmein123',
  'welcome123',
  'administrator',
  'zaq12wsxcde3',
  'haslohaslo',
  'mojehaslo1',
  'haslo12345',
  'polska1234',
  'polska12345',
  'kochamcie1',
  'gleaner123',
  'gleanergleaner',
])

export type PasswordProblem = 'short' | 'long' | 'email' | 'common'

/** What is wrong with a new password, or null. */
export function passwordProblem(password: string, email: string): PasswordProblem | null {
  if ([...password].length < PASSWORD_LEAST) return 'short'
  if (password.length > PASSWORD_MOST) return 'long'
  if (isAddress(password, email)) return 'email'
  return isCommon(password) ? 'common' : null
}

function isAddress(password: string, email: string): boolean {
  const said = fold(password)
  const address = fold(email)
  return said === address || said === address.split('@')[0]
}

function isCommon(password: string): boolean {
  const plain = fold(password).replaceAll(' ', '')
  return COMMON.has(plain) || COMMON.has(plain.replace(/[!.?]+$/, '')) || new Set(plain).size <= 2
}
