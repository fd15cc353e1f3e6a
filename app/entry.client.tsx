// No page loads a script; the compiler asks for this file all the same.
export {};
