/** The bar at the top: where you are (account, Region), how it looks, and whether what is shown is live. */

import type { Signal } from '@preact/signals'
import { post } from '../api/client.ts'
import { isLive } from '../api/events.ts'
import { chooseRegion, region, session } from './session.ts'
import { chooseTheme, type Theme, theme, themes } from './theme.ts'

const themeNames: Readonly<Record<Theme, string>> = { auto: 'Auto', light: 'Light', dark: 'Dark' }

export function Header({ isMenuOpen }: { readonly isMenuOpen: Signal<boolean> }) {
  const known = session.value
  const regions = known?.regions ?? []
  return (
    <header class="header">
      <a class="skip" href="#main">
        Skip to the page
      </a>
      <button
        class="header-menu"
        type="button"
        aria-label="Navigation"
        aria-expanded={isMenuOpen.value}
        aria-controls="navigation"
        onClick={() => {
          isMenuOpen.value = !isMenuOpen.value
        }}
      >
        <svg width="18" height="14" viewBox="0 0 18 14" aria-hidden="true">
          <path d="M0 1h18M0 7h18M0 13h18" stroke="currentColor" stroke-width="2" />
        </svg>
      </button>
      <a class="header-name" href="/console/groups">
        <Mark />
        Sallyport
      </a>
      <span class="header-gap" />
      <span class="live" data-live={isLive.value} role="status">
        <span class="header-word">{isLive.value ? 'Live' : 'Reconnecting'}</span>
      </span>
      {known?.isSignedIn && <span class="header-account">Account {known.account}</span>}
      <label>
        <span class="header-word">Region</span>
        <select value={region.value} onChange={(event) => chooseRegion(event.currentTarget.value)}>
          {(regions.includes(region.value) ? regions : [region.value, ...regions]).map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label>
        <span class="header-word">Theme</span>
        <select value={theme.value} onChange={(event) => chooseTheme(event.currentTarget.value as Theme)}>
          {themes.map((each) => (
            <option key={each} value={each}>
              {themeNames[each]}
            </option>
          ))}
        </select>
      </label>
      {known?.needsSignIn && known.isSignedIn && <SignOut />}
    </header>
  )
}

function SignOut() {
  const signOut = async () => {
    await post('sign-out', {})
    location.reload()
  }
  return (
    <button class="button small" type="button" onClick={signOut}>
      Sign out
    </button>
  )
}

function Mark() {
  return (
    <svg width="22" height="22" viewBox="0 0 32 32" aria-hidden="true">
      <path d="M6 28V13a10 10 0 0 1 20 0v15h-5V14a5 5 0 0 0-10 0v14z" fill="currentColor" />
      <path d="M14 28v-9h4v9z" fill="#4c9bf5" />
    </svg>
  )
}
