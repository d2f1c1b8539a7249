import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { readInvitation } from '@/accounts/members/queries'
import { invitationTokenSchema } from '@/accounts/members/schema'
import { AcceptForm } from '@/accounts/members/ui/accept-form'
import { JoinButton } from '@/accounts/members/ui/join-button'
import { isAppError } from '@/kernel/app-error'
import { Button } from '@/ui/button'
import { EmptyState } from '@/ui/empty-state'
import { LinkButton } from '@/ui/link-button'
import { readContext } from '@/wiring/server'
import { signOut } from '../../../shell-actions'

export async function generateMetadata(): Promise<Metadata> {
  // The address is a secret: it is told to no page that is opened from here.
  return { title: (await getTranslations('members'))('invite.done'), referrer: 'no-referrer' }
}

type Props = { params: Promise<{ token: string }> }

/** For whoever opens an invitation: with an account or without, signed in or not. */
export default async function InvitePage({ params }: Props) {
  const { token } = await params
  const [t, invitation] = [await getTranslations('members'), await findInvitation(token)]
  if (!invitation) return <Gone />
  const { workspace, invitedBy: inviter, role } = invitation
  return (
    <>
      <header className="flex flex-col gap-1">
        <h1 className="break-words font-bold text-title">{t('accept.title', { workspace })}</h1>
        <p className="text-ink-2">{t('accept.from', { inviter, workspace, role: t(`roles.${role}.name`) })}</p>
      </header>
      <Way token={token} invitation={invitation} />
    </>
  )
}

type Invitation = NonNullable<Awaited<ReturnType<typeof findInvitation>>>

async function findInvitation(token: string) {
  if (!invitationTokenSchema.safeParse({ token }).success) return null
  const { deps } = await readContext()
  try {
    return await readInvitation(deps, token)
  } catch (error) {
    if (isAppError(error) && error.code === 'not_found') return null
    throw error
  }
}

async function Way({ token, invitation }: { token: string; invitation: Invitation }) {
  const { caller } = await readContext()
  if (caller) return <SignedIn token={token} invitation={invitation} own={caller.user.email} />
  const t = await getTranslations('members.accept')
  const signIn = `/sign-in?next=${encodeURIComponent(`/invite/${token}`)}`
  if (!invitation.hasAccount) {
    return (
      <>
        <AcceptForm token={token} email={invitation.email} />
        {invitation.email === null && (
          <Link href={signIn} className="text-ink-2 underline underline-offset-4">
            {t('haveOne')}
          </Link>
        )}
      </>
    )
  }
  return (
    <div className="flex flex-col items-start gap-3">
      <p>{t('hasAccount', { email: invitation.email ?? '' })}</p>
      <LinkButton variant="primary" href={signIn}>
        {t('signIn')}
      </LinkButton>
    </div>
  )
}

async function SignedIn({ token, invitation, own }: { token: string; invitation: Invitation; own: string }) {
  const t = await getTranslations('members.accept')
  const { email, workspace } = invitation
  const isForOther = email !== null && email !== own
  return (
    <div className="flex flex-col gap-3">
      <p className="break-words text-ink-2">
        {isForOther ? t('other', { email: email ?? '', own }) : t('signedIn', { email: own })}
      </p>
      {!isForOther && <JoinButton token={token} workspace={workspace} />}
      <form action={signOut}>
        <Button type="submit">{t('signOut')}</Button>
      </form>
    </div>
  )
}

async function Gone() {
  const t = await getTranslations('members.gone')
  const signIn = <LinkButton href="/sign-in">{t('signIn')}</LinkButton>
  return <EmptyState title={t('title')} description={t('description')} action={signIn} />
}
