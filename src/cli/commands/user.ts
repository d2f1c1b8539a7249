import { randomBytes } from 'node:crypto'
import { text as readAll } from 'node:stream/consumers'
import { setPassword } from '@/accounts/change-password'
import type { Deps } from '@/accounts/context'
import { createOwnerLocally } from '@/accounts/create-owner'
import { createUser } from '@/accounts/create-user'
import { hasUsers } from '@/accounts/queries'
import { ROLES, type Role } from '@/accounts/rules-permissions'
import { newUserSchema, ownerSchema } from '@/accounts/schema'
import { chooseWorkspace } from '../choose-workspace'
import { type Command, optional, required, UsageError, type Values } from '../command'
import { withDeps } from '../with-deps'

const PASSWORD_HELP = [
  '--password P     visible to others on this machine while the command runs',
  '--password-stdin read it from standard input instead; without both, one is made and shown',
]
const PASSWORD_OPTIONS = { password: { type: 'string' }, 'password-stdin': { type: 'boolean' } } as const

/** `gleaner user create`: the owner with a workspace while there is nobody, else a member of a workspace. */
export const createUserCommand: Command = {
  name: 'user create',
  summary: 'Make a user; the first one is the owner, with a workspace.',
  usage: '--email EMAIL [--name NAME] [--role staff] [--workspace NAME] [--password P | --password-stdin]',
  help: [
    '--email EMAIL    what they sign in with',
    '--name NAME      how they are called',
    `--role ROLE      ${ROLES.join(', ')}`,
    '--workspace W    name or id; for the first user, the name of the new one',
    '--locale L       en or pl',
    '--currency C     of the new workspace; PLN, if left out',
    '--time-zone Z    of the new workspace; Europe/Warsaw, if left out',
    ...PASSWORD_HELP,
  ],
  options: {
    email: { type: 'string' },
    name: { type: 'string' },
    role: { type: 'string' },
    workspace: { type: 'string' },
    locale: { type: 'string' },
    currency: { type: 'string' },
    'time-zone': { type: 'string' },
    ...PASSWORD_OPTIONS,
  },
  words: 0,
  run: async (values) => {
    const email = required(values, 'email')
    const password = await choosePassword(values)
    const made = await withDeps((deps) => makeUser(deps, values, email, password.text))
    const shown = password.made ? { password: password.text } : {}
    const lines = [`${email} is ${made.role}.`, ...(password.made ? [`Password: ${password.text}`] : [])]
    return { json: { email, ...made, ...shown }, text: lines.join('\n') }
  },
}

async function makeUser(deps: Deps, values: Values, email: string, password: string) {
  const role = chooseRole(optional(values, 'role'))
  const person = {
    email,
    name: optional(values, 'name') ?? email.split('@')[0],
    password,
    locale: optional(values, 'locale') ?? 'en',
  }
  return (await hasUsers(deps.db)) ? makeMember(deps, values, person, role) : makeOwner(deps, values, person, role)
}

function chooseRole(given: string | undefined): Role | undefined {
  const role = ROLES.find((known) => known === given)
  if (given !== undefined && !role) throw new UsageError(`--role is one of ${ROLES.join(', ')}`)
  return role
}

type Person = Readonly<Record<string, string | undefined>>

async function makeOwner(deps: Deps, values: Values, person: Person, role: Role = 'owner') {
  if (role !== 'owner') throw new UsageError('The first user is the owner: leave --role out')
  const workspace = {
    workspaceName: optional(values, 'workspace') ?? 'Gleaner',
    currency: optional(values, 'currency') ?? 'PLN',
    timeZone: optional(values, 'time-zone') ?? 'Europe/Warsaw',
    bargains: true,
    giving: true,
  }
  const made = await createOwnerLocally(deps, ownerSchema.parse({ ...person, ...workspace }))
  return { ...made, role }
}

async function makeMember(deps: Deps, values: Values, person: Person, role: Role = 'staff') {
  const workspace = await chooseWorkspace(deps.db, optional(values, 'workspace'))
  const made = await createUser(deps, newUserSchema.parse(person), { workspaceId: workspace.id, role })
  return { ...made, workspaceId: workspace.id, role }
}

/** `gleaner user password`: a new one for somebody who forgot theirs. */
export const setPasswordCommand: Command = {
  name: 'user password',
  summary: 'Set a new password for a user, and end all their sessions.',
  usage: '--email EMAIL [--password P | --password-stdin]',
  help: ['--email EMAIL    whose', ...PASSWORD_HELP],
  options: { email: { type: 'string' }, ...PASSWORD_OPTIONS },
  words: 0,
  run: async (values) => {
    const email = required(values, 'email')
    const password = await choosePassword(values)
    await withDeps((deps) => setPassword(deps, email, password.text))
    const shown = password.made ? { password: password.text } : {}
    return { json: { email, ...shown }, text: password.made ? `Password: ${password.text}` : 'Done.' }
  },
}

type Chosen = { readonly text: string; readonly made: boolean }

async function choosePassword(values: Values): Promise<Chosen> {
  if (values['password-stdin']) return { text: (await readAll(process.stdin)).replace(/\r?\n$/, ''), made: false }
  if (values.password === '') throw new UsageError('--password is empty')
  const given = optional(values, 'password')
  return given ? { text: given, made: false } : { text: randomBytes(12).toString('base64url'), made: true }
}
