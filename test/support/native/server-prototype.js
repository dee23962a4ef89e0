/** What all objects of the server inherit from; those of a test file have a prototype of their own. */
export const serverPrototype = Object.prototype;
