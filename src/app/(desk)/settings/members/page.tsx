import { InviteMember } from '@/accounts/members/ui/invite-member'
import { MemberList } from '@/accounts/members/ui/member-list'
import { OpenInvitations } from '@/accounts/members/ui/open-invitations'
import { RoleWords } from '@/accounts/members/ui/role-words'
import { may } from '@/accounts/rules-permissions'
import { HydrateClient, prefetch, trpc } from '@/wiring/server'
import { requireMember } from '../../../shell-data'

export default async function MembersPage() {
  const { workspace } = await requireMember()
  const { role, name } = workspace
  const manages = may(role, 'members.manage')
  await Promise.all([
    prefetch(trpc.members.list.queryOptions()),
    manages && prefetch(trpc.members.invitations.queryOptions()),
  ])
  return (
    <HydrateClient>
      <div className="flex max-w-3xl flex-col gap-4">
        {manages && (
          <div>
            <InviteMember own={role} />
          </div>
        )}
        <MemberList role={role} workspace={name} />
        {manages && <OpenInvitations />}
        <RoleWords />
      </div>
    </HydrateClient>
  )
}
