/** The console in the browser. It shows what the server says and decides nothing itself. */

import { render } from 'preact'
import { App } from './shell/app.tsx'
import { applyTheme } from './shell/theme.ts'

applyTheme()
const place = document.getElementById('console')
if (place) render(<App />, place)
