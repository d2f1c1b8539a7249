import { Skeleton } from '@/ui/skeleton'

export default function Loading() {
  return (
    <div className="grid gap-4 lg:grid-cols-[3fr_2fr]">
      <Skeleton className="h-7 w-40 lg:col-span-2" />
      <Skeleton className="h-80 w-full" />
      <Skeleton className="h-80 w-full" />
    </div>
  )
}
