// Lets the member's pages be kept on a home screen. Without it, or where a browser has no workers, nothing is missing but
// the page that says that there is no connection.
navigator.serviceWorker?.register("/sw.js", { scope: "/m/" }).catch(() => {});
