import { redirect } from 'next/navigation'

/** Until there is a page of today, the watches are home. */
export default function HomePage() {
  redirect('/watches')
}
