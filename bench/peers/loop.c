/* The least that a fan-out can cost: an epoll loop that sends the same bytes to every subscriber.
 *
 * No HTTP but the first line, no limits, no memory of who follows what. `loop PORT BYTES`:
 * GET follows; POST sends an event of BYTES bytes that begins with the mark (#000123#) of its body.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST = 20000, AT_ONCE = 512, MARK = 8, LARGEST = 4096 };

static const char HEAD[] = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";
static const char DONE[] = "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n";

static int followers[MOST], count, queue;

static void watch(int fd) {
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    epoll_ctl(queue, EPOLL_CTL_ADD, fd, &event);
}

static void take_all(int listener) {
    int fd, yes = 1;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        watch(fd);
    }
}

static void leave(int fd) {
    for (int place = 0; place < count; place++)
        if (followers[place] == fd) {
            followers[place] = followers[--count];
            break;
        }
    close(fd);
}

static void send_to_all(const char *mark, size_t bytes) {
    char event[LARGEST];
    memset(event, 'x', bytes);
    memcpy(event, "data: ", 6);
    memcpy(event + 6, mark, MARK);
    memcpy(event + bytes - 2, "\n\n", 2);
    for (int place = 0; place < count; place++)
        send(followers[place], event, bytes, MSG_DONTWAIT | MSG_NOSIGNAL);
}

static void hear(int fd, size_t bytes) {
    char request[LARGEST + 1];
    ssize_t got = recv(fd, request, LARGEST, 0);
    if (got <= 0) {
        leave(fd);
        return;
    }
    request[got] = 0;
    const char *mark = strchr(request, '#');
    if (!strncmp(request, "GET", 3) && count < MOST) {
        send(fd, HEAD, sizeof HEAD - 1, MSG_NOSIGNAL);
        followers[count++] = fd;
    } else if (mark) { /* the body may come apart from its head */
        send_to_all(mark, bytes);
        send(fd, DONE, sizeof DONE - 1, MSG_NOSIGNAL);
    }
}

int main(int words, char **word) {
    if (words != 3 || atoi(word[2]) > LARGEST)
        return 2;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), yes = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(word[1]))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 2048))
        return 1;
    queue = epoll_create1(0);
    watch(listener);
    struct epoll_event events[AT_ONCE];
    for (;;) {
        int ready = epoll_wait(queue, events, AT_ONCE, -1);
        for (int place = 0; place < ready; place++)
            if (events[place].data.fd == listener)
                take_all(listener);
            else
                hear(events[place].data.fd, atoi(word[2]));
    }
}
