import * as z from 'zod'
import { PASSWORD_LEAST, PASSWORD_MOST, passwordProblem } from './rules-passwords'

// Messages that look like keys are keys of the `errors` texts.

export const emailSchema = z
  .string()
  .min(1)
  .max(254)
  .transform((text) => text.trim().toLowerCase())
  .pipe(z.email())

const nameSchema = z.string().trim().min(1).max(100)
export const localeSchema = z.enum(['en', 'pl'])

const currencySchema = z
  .string()
  .transform((text) => text.trim().toUpperCase())
  .refine((code) => Intl.supportedValuesOf('currency').includes(code), 'workspace.currency')

const timeZoneSchema = z.string().max(100).refine(isTimeZone, 'workspace.timeZone')

function isTimeZone(name: string): boolean {
  // "+01:00" is known to Intl, but PostgreSQL counts it westwards, so that days would begin two hours off.
  if (/^[+-]/.test(name)) return false
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    // RangeError: the platform does not know it.
    return false
  }
}

type PasswordContext = { addIssue: (issue: z.core.$ZodRawIssue) => void }

/** The same words in the form and from the server. */
function checkPassword(context: PasswordContext, field: string, password: string, email: string): void {
  const problem = passwordProblem(password, email)
  if (!problem) return
  const params = { least: PASSWORD_LEAST, most: PASSWORD_MOST }
  context.addIssue({ code: 'custom', path: [field], message: `password.${problem}`, params, input: undefined })
}

const halvesSchema = { bargains: z.boolean(), giving: z.boolean() }
type Halves = { bargains: boolean; giving: boolean }
const hasHalf = (value: Halves) => value.bargains || value.giving
const noHalf = { path: ['bargains'], message: 'workspace.noHalf' }

export const signInSchema = z.object({ email: emailSchema, password: z.string().min(1).max(1000) })
export type SignInInput = z.output<typeof signInSchema>

export const newUserSchema = z
  .object({ email: emailSchema, name: nameSchema, password: z.string(), locale: localeSchema })
  .superRefine((user, context) => checkPassword(context, 'password', user.password, user.email))
export type NewUser = z.output<typeof newUserSchema>

const ownerObject = z.object({
  name: nameSchema,
  email: emailSchema,
  password: z.string(),
  locale: localeSchema,
  workspaceName: nameSchema,
  currency: currencySchema,
  timeZone: timeZoneSchema,
  ...halvesSchema,
})

/** The owner and the first workspace, from the command line. */
export const ownerSchema = ownerObject
  .superRefine((input, context) => checkPassword(context, 'password', input.password, input.email))
  .refine(hasHalf, noHalf)

export const setUpSchema = ownerObject
  .extend({ code: z.string().trim().min(1).max(50) })
  .superRefine((input, context) => checkPassword(context, 'password', input.password, input.email))
  .refine(hasHalf, noHalf)
export type SetUpInput = z.output<typeof setUpSchema>

export const workspaceSchema = z
  .object({
    name: nameSchema,
    currency: currencySchema,
    timeZone: timeZoneSchema,
    locale: localeSchema,
    fiscalYearStart: z.number().int().min(1).max(12),
    ...halvesSchema,
  })
  .refine(hasHalf, noHalf)
export type WorkspaceInput = z.output<typeof workspaceSchema>

/** `password`: the present one, needed when the e-mail address changes. */
export const profileSchema = z.object({
  name: nameSchema,
  email: emailSchema,
  locale: localeSchema,
  password: z.string().max(1000).optional(),
})
export type ProfileInput = z.output<typeof profileSchema>

export const passwordSchema = z
  .object({ current: z.string().min(1).max(1000), next: z.string() })
  .superRefine((input, context) => checkPassword(context, 'next', input.next, ''))
export type PasswordInput = z.output<typeof passwordSchema>

export const newTokenSchema = z.object({
  name: nameSchema,
  /** `push`: hands over adverts and can do nothing else. */
  scope: z.enum(['all', 'push']).default('all'),
})
export const idSchema = z.object({ id: z.uuid() })
