import type { Language } from './language.ts'
import { dark, light } from './palette.ts'
import { scriptText } from './script.ts'

const colours = [light, dark].map(({ bg, ink, line, accent }) => [bg, ink, line, accent])

const fixed = 'box-sizing:border-box;position:fixed;z-index:2147483647;margin:0;border-radius:8px'
const control = 'min-height:44px;min-width:44px;cursor:pointer;font:600 15px system-ui,sans-serif'

// In logical terms, so that they change sides with the page's direction.
const dialog = [
  fixed,
  'inset-block-end:16px;inset-inline-end:16px;width:420px;max-width:calc(100vw - 32px)',
  'padding:0;overflow:hidden;box-shadow:0 8px 32px #0003',
].join(';')
const closer = `${control};display:block;margin:0;margin-inline-start:auto;padding:0 16px;border:0;background:none;outline-offset:-4px`
const tab = `${fixed};${control};inset-block-start:40%;inset-inline-end:4px;padding:16px 8px;border:1px solid transparent`

/** What the tag asks for, and what of it has happened before. */
const asking = String.raw`
  const script = document.currentScript
  if (!script || !script.src) return
  const { mode = 'inline', after, scroll, exit, sample = 100, again = 90, target } = script.dataset
  const { label = words.open, close = words.close } = script.dataset
  const source = new URL(script.src)
  const address = new URL(source.pathname.replace(/\/embed\.js$/, ''), source)
  const lang = script.dataset.lang || source.searchParams.get('lang')
  address.searchParams.set('embed', 1)
  if (lang) address.searchParams.set('lang', lang)
  for (const { name, value } of script.attributes) {
    if (name.startsWith('data-p-')) address.searchParams.set('p.' + name.slice(7), value)
  }

  // Of somebody who asks not to be tracked nothing is kept.
  const quiet = navigator.doNotTrack === '1' || navigator.globalPrivacyControl
  const keep = (what, value) => {
    const name = 'tidemark:' + address.pathname + ':' + what
    try {
      if (quiet) return null
      if (value !== undefined) localStorage.setItem(name, value)
      return localStorage.getItem(name)
    } catch (error) {
      return null
    }
  }
  const share = Number(sample)
  const luck = Math.random() * 100
  if (share < 100 && (keep('drawn') || keep('drawn', luck) || luck) >= share) return
  const rested = Date.now() - keep('seen') >= again * 864e5
  const remember = () => keep('seen', Date.now())
`

/** The survey's frame, which says how tall it is and when it is done. */
const framing = String.raw`
  // Pages may forbid sheets and style attributes that are not theirs: styles are set one by one.
  const make = (name, styles, attributes, text = '') => {
    const element = document.createElement(name)
    for (const style of styles.split(';')) element.style.setProperty(...style.split(':'))
    for (const attribute in attributes) element.setAttribute(attribute, attributes[attribute])
    element.textContent = text
    return element
  }
  const frame = make('iframe', 'display:block;width:100%;height:400px;border:0', {
    title: label,
    referrerpolicy: 'no-referrer',
    loading: mode === 'inline' ? 'lazy' : 'eager',
    src: address,
  })
  let asked = false
  const listen = (hear) => addEventListener('message', ({ source, origin, data }) => {
    if (source !== frame.contentWindow || origin !== address.origin) return
    const { tidemark, height, state } = data || {}
    if (tidemark === undefined) return
    if (height > 0) frame.style.setProperty('height', Math.min(Math.max(height, 80), 2000) + 'px')
    if (state === 'open') asked = true
    // What never asked, such as the page of a closed survey, has not been answered.
    if (state === 'done' && asked) remember()
    hear(state)
  })
`

/** A dialog in the corner, and the button at the side that opens it. */
const showing = `
  const corner = () => {
    const [bg, ink, line, accent] = colours[Number(matchMedia('(prefers-color-scheme: dark)').matches)]
    const dialog = make('div', '${dialog};border:1px solid ' + line + ';background:' + bg, {
      role: 'dialog',
      'aria-label': label,
      tabindex: -1,
    })
    const closer = make('button', '${closer};color:' + ink, { type: 'button' }, close)
    const tab = make('button', '${tab};background:' + accent + ';color:' + bg, {
      type: 'button',
      'aria-haspopup': 'dialog',
    })
    tab.append(make('span', 'writing-mode:vertical-rl', {}, label))
    frame.style.setProperty('max-height', 'calc(100vh - 96px)')
    dialog.append(closer, frame)

    let open = false
    let tried = false
    let waiting = false
    let before = null
    const load = () => dialog.isConnected || document.body.append(dialog)
    const set = (state) => {
      open = state
      dialog.style.setProperty('visibility', state ? 'visible' : 'hidden')
      tab.setAttribute('aria-expanded', state)
    }
    const show = (byHand) => {
      tried = true
      waiting = false
      load()
      set(true)
      before = document.activeElement
      // What opens by itself takes the focus from nobody who is using it.
      if (byHand || before === document.body) dialog.focus({ preventScroll: true })
    }
    const hide = () => {
      if (!open) return
      remember()
      const inside = dialog.contains(document.activeElement)
      if (inside) document.activeElement.blur()
      set(false)
      if (inside && before) before.focus({ preventScroll: true })
    }
    listen((state) => {
      if (state === 'closed') hide()
      if (state === 'open' && waiting) show(false)
    })
    addEventListener('keydown', ({ key, isComposing }) => {
      if (key === 'Escape' && !isComposing) hide()
    })
    closer.addEventListener('click', hide)
    tab.addEventListener('click', () => (open ? hide() : show(true)))
    set(false)
    if (mode === 'tab') document.body.append(tab)
    // A survey that is closed, or refused to this page, does not come up: it has to say that it asks.
    return () => {
      if (tried) return
      tried = true
      waiting = true
      load()
    }
  }
`

/** When a dialog opens by itself. */
const waiting = String.raw`
  const wait = (suggest) => {
    // Where nothing can be kept it would come up on every page.
    if (!rested || keep('seen', keep('seen') || 0) === null) return
    const root = document.documentElement
    const alone = mode === 'popup' && scroll === undefined && exit === undefined
    const seconds = after === undefined && alone ? 10 : after
    if (seconds !== undefined) setTimeout(suggest, seconds * 1000)
    if (scroll !== undefined) addEventListener('scroll', () => {
      if (scrollY >= (root.scrollHeight - innerHeight) * scroll / 100) suggest()
    }, { passive: true })
    if (exit !== undefined) root.addEventListener('mouseleave', ({ clientY }) => {
      if (clientY <= 0) suggest()
    })
  }
  const inline = () => {
    if (!rested) return
    listen(() => {})
    const place = target && document.querySelector(target)
    if (place) place.append(frame)
    else script.after(frame)
  }
  const start = () => (mode === 'inline' ? inline() : wait(corner()))
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start)
  else start()
`

const source = scriptText(asking + framing + showing + waiting)

/**
 * What a page runs that shows a survey: in place, in a dialog, or behind a button. It knows its survey
 * from its own address, so that it is the same for all surveys; only its words have a language.
 */
export function embedText({ frame }: Pick<Language, 'frame'>): string {
  return `((words, colours) => {\n${source}})(${JSON.stringify(frame)}, ${JSON.stringify(colours)})\n`
}
