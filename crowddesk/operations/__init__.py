"""The verbs: what the window, the command line and the lanes do, without Qt."""
