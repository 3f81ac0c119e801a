/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-systemd.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <sys/socket.h>
#include <sys/un.h>

void
mado_systemd_notify (const char *state)
{
  const char *path = g_getenv ("NOTIFY_SOCKET");
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  gsize length = path ? strlen (path) : 0;
  int fd;

  if (length < 2 || length >= sizeof address.sun_path || (path[0] != '/' && path[0] != '@'))
    return;
  memcpy (address.sun_path, path, length);
  if (path[0] == '@')
    address.sun_path[0] = '\0';
  fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0)
    return;
  if (sendto (fd, state, strlen (state), MSG_NOSIGNAL, (struct sockaddr *) &address,
              G_STRUCT_OFFSET (struct sockaddr_un, sun_path) + length) < 0)
    g_warning ("systemd could not be told %s: %s", state, g_strerror (errno));
  close (fd);
}

guint
mado_systemd_get_watchdog (void)
{
  const char *usec = g_getenv ("WATCHDOG_USEC");
  const char *pid = g_getenv ("WATCHDOG_PID");

  if (!usec || (pid && g_ascii_strtoll (pid, NULL, 10) != getpid ()))
    return 0;
  return (guint) (g_ascii_strtoull (usec, NULL, 10) / G_USEC_PER_SEC);
}
