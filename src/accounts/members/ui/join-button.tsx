'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { FormError } from '../../ui/form-error'

/** For who is signed in: one press. */
export function JoinButton({ token, workspace }: { token: string; workspace: string }) {
  const t = useTranslations('members.accept')
  const join = useMutation(
    // A whole load: what was read of another workspace does not stay in memory.
    useTRPC().members.join.mutationOptions({
      meta: { quiet: true },
      onSuccess: () => window.location.assign('/'),
    }),
  )
  return (
    <div className="flex flex-col gap-3">
      <FormError error={join.error?.message} />
      <Button variant="primary" busy={join.isPending || join.isSuccess} onClick={() => join.mutate({ token })}>
        {t('join', { workspace })}
      </Button>
    </div>
  )
}
