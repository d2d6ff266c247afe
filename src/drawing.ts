/**
 * The drawing that pictures are made by: a digest of the golden pictures, so that caches let go of what
 * was drawn otherwise. test/drawing.test.ts says what it has to be.
 */
export const drawing = '4730dec161717f1b'
