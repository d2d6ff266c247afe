import { scriptText } from './script.ts'

/**
 * Comfort on the pages of a survey; everything works without it. Digits choose a score, what was typed
 * survives a reload, a frame tells the page around it how tall it is, and the form tells what a person's
 * first input was. Where the form is `assisted` and a link has chosen the score, that input sends it.
 * It stands at the end of the body.
 */
export const pageScript: string = scriptText(String.raw`
(() => {
  // The thank-you page has a form for a comment, but asks nothing any more.
  const form = document.querySelector('#answer[data-survey]')
  if (parent !== window) {
    // Any page may hear it: nothing of this is anybody's secret.
    const tell = (state) => {
      const height = Math.ceil(document.documentElement.getBoundingClientRect().height)
      parent.postMessage({ tidemark: form ? form.dataset.survey : '', height, state }, '*')
    }
    const now = () => tell(form ? 'open' : 'done')
    // At once, because a frame that is not seen yet is not observed.
    now()
    new ResizeObserver(now).observe(document.documentElement)
    addEventListener('keydown', ({ key, isComposing }) => {
      if (key === 'Escape' && !isComposing) tell('closed')
    })
  }
  if (!form) return

  const { survey, token, mode, preselected } = form.dataset
  const name = ['tidemark', survey, token].join(':')
  const fields = [...form.elements].filter((field) => /^(score|comment|driver)\b/.test(field.name))
  const store = (task) => {
    try {
      task(sessionStorage)
    } catch (error) {}
  }
  // What a link or an answer with errors has filled in stays.
  store((storage) => {
    const kept = new URLSearchParams(storage.getItem(name) || '')
    const chosen = form.querySelector('[name=score]:checked')
    for (const field of fields) {
      const was = kept.getAll(field.name)
      if (field.type === 'textarea') field.value = field.value || was.join()
      else if (field.type !== 'radio' || !chosen) field.checked = field.checked || was.includes(field.value)
    }
  })
  form.addEventListener('input', () => {
    const kept = new URLSearchParams()
    for (const field of fields) {
      if (field.type === 'textarea' || field.checked) kept.append(field.name, field.value)
    }
    store((storage) => storage.setItem(name, kept))
  })
  form.addEventListener('submit', () => store((storage) => storage.removeItem(name)))

  const point = (score) => fields.find(({ type, value }) => type === 'radio' && value === score)
  let typed = ''
  let since = 0
  addEventListener('keydown', ({ key, target, timeStamp, ctrlKey, metaKey, altKey }) => {
    // Only where the scale has the focus: elsewhere a digit may be somebody's dictation (WCAG 2.1.4).
    if (!/^\d$/.test(key) || !target.closest('[role=radiogroup]') || ctrlKey || metaKey || altKey) return
    // Two digits of one number follow each other within a second.
    const found = (timeStamp - since < 1000 && point(typed + key)) || point(key)
    typed = key
    since = timeStamp
    if (!found) return
    found.click()
    found.focus()
  })

  let assisted = mode === 'assisted' && preselected !== undefined
  const sense = ({ isTrusted, type, key, target }) => {
    if (!isTrusted || document.visibilityState !== 'visible') return
    const { signal } = form.elements
    const pressed = type === 'keydown'
    signal.value = signal.value || (pressed ? 'key' : 'pointer')
    // A finger that begins to scroll is down, and has not clicked.
    const meant = pressed ? key === 'Enter' || key === ' ' : type === 'click'
    if (!assisted || !meant || target.closest('a,button,input,label,textarea')) return
    assisted = false
    form.requestSubmit()
  }
  addEventListener('pointerdown', sense)
  addEventListener('click', sense)
  addEventListener('keydown', sense)
})()
`)
