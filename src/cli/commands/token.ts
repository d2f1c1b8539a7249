import { createApiToken, KEY_SCOPES } from '@/accounts/create-api-token'
import { runAsJob } from '@/accounts/gate'
import { newTokenSchema } from '@/accounts/schema'
import type { Database } from '@/db/client'
import { AppError } from '@/kernel/app-error'
import { chooseWorkspace } from '../choose-workspace'
import { type Command, optional, required } from '../command'
import { listMembers } from '../queries'
import { withDeps } from '../with-deps'

/** `gleaner token create`: an API key, shown once. */
export const createTokenCommand: Command = {
  name: 'token create',
  summary: 'Make an API key. It is shown once.',
  usage: '--name NAME [--push] [--email EMAIL] [--workspace NAME]',
  help: [
    '--name NAME      what the key is for',
    '--push           it hands over adverts, and can do nothing else',
    '--email EMAIL    whose role it has; the owner, if left out',
    '--workspace W    name or id, where there are several',
  ],
  options: {
    name: { type: 'string' },
    push: { type: 'boolean' },
    email: { type: 'string' },
    workspace: { type: 'string' },
  },
  words: 0,
  run: (values) =>
    withDeps(async (deps) => {
      const { name } = newTokenSchema.parse({ name: required(values, 'name') })
      const workspace = await chooseWorkspace(deps.db, optional(values, 'workspace'))
      const member = await findMember(deps.db, workspace.id, optional(values, 'email'))
      const made = await runAsJob(deps, workspace.id, 'command line', (ctx) =>
        createApiToken(ctx, { name, memberId: member.id, only: KEY_SCOPES[values.push ? 'push' : 'all'] }),
      )
      const json = { ...made, name, email: member.email, workspaceId: workspace.id }
      return {
        json,
        text: `${made.token}\n\nKeep it now: only its hash is stored. ${values.push ? 'It hands over adverts and can do nothing else.' : `It may do what ${member.email} may.`}`,
      }
    }),
}

async function findMember(db: Database, workspaceId: string, email: string | undefined) {
  const all = await listMembers(db, workspaceId)
  const found = all.find((member) => (email ? member.email === email.trim().toLowerCase() : member.role === 'owner'))
  if (!found) throw new AppError('not_found', `No member ${email ?? 'with the role owner'} in that workspace`)
  return found
}
