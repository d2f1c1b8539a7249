import { NothingHere } from '../nothing-here'

/** Within the desk's frame, which is the `main` already. */
export default function NotFound() {
  return <NothingHere />
}
