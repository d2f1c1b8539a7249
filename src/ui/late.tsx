import { type ComponentType, lazy, Suspense } from 'react'

/**
 * A component that is fetched when it is drawn first; call it outside of components. next/dynamic brings 2 kB to a page, so
 * it stands only where the server must leave something out, as charts, which are as wide as the screen lets them.
 */
export function late<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const Part = lazy(() => load().then((part) => ({ default: part })))
  // biome-ignore lint/correctness/noComponentHookFactories: made once, with its module
  return function Late(props: Props) {
    return (
      <Suspense>
        <Part {...props} />
      </Suspense>
    )
  }
}
