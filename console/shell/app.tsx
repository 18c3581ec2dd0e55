/** The frame around every page: header, navigation, toasts, and the page that the path names. */

import { useSignal, useSignalEffect } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import type { SessionInfo } from '../../src/app/console/api.ts'
import { get } from '../api/client.ts'
import { followEvents } from '../api/events.ts'
import { Toasts } from '../parts/toasts.tsx'
import { Header } from './header.tsx'
import { Navigation } from './navigation.tsx'
import { Page } from './page.tsx'
import type { PageProps } from './page-props.ts'
import { type PageRow, pages } from './pages.ts'
import { followLink, path } from './router.ts'
import { session } from './session.ts'
import { SignIn } from './sign-in.tsx'

export function App() {
  const isMenuOpen = useSignal(false)
  const failure = useSignal<string | undefined>(undefined)
  useEffect(() => {
    get<SessionInfo>('session').then(
      (found) => {
        session.value = found
      },
      (cause: Error) => {
        failure.value = cause.message
      },
    )
    document.addEventListener('click', followLink)
    return () => document.removeEventListener('click', followLink)
  }, [])
  useEffect(followEvents, [])
  useSignalEffect(() => {
    if (path.value) isMenuOpen.value = false
  })
  return (
    <>
      <Header isMenuOpen={isMenuOpen} />
      <div class="frame">
        <Navigation isOpen={isMenuOpen} />
        <main class="main" id="main" tabIndex={-1}>
          {failure.value ? <p class="notice bad">The server does not answer: {failure.value}</p> : <Body />}
        </main>
      </div>
      <Toasts />
    </>
  )
}

function Body() {
  if (session.value === undefined) return <p class="quiet">Loading…</p>
  if (!session.value.isSignedIn) return <SignIn />
  const [first = '', ...rest] = path.value.slice(1).split('/')
  const row = pages.find((each) => each.path === first)
  return row ? <Loaded key={row.path} row={row} rest={rest} /> : <Missing />
}

function Loaded({ row, rest }: PageProps & { readonly row: PageRow }) {
  const Component = useSignal<ComponentType<PageProps> | undefined>(undefined)
  useEffect(() => {
    void row.load().then((loaded) => {
      Component.value = loaded
    })
  }, [row])
  return Component.value ? <Component.value rest={rest} /> : <p class="quiet">Loading…</p>
}

function Missing() {
  return (
    <Page title="Page not found">
      <p>
        Nothing is at this path. The <a href="/console/groups">security groups</a> are a place to start.
      </p>
    </Page>
  )
}
