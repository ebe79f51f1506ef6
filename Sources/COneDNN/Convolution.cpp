// Convolutions, channels last. oneDNN chooses the layout of the kernel; the kernel in Keras' layout is brought into it when it has changed.
#include "COneDNN.h"

#if __has_include(<oneapi/dnnl/dnnl.hpp>)
#include <oneapi/dnnl/dnnl.hpp>
#else
#include <dnnl.hpp>
#endif

#include <algorithm>
#include <string>

using dnnl::memory;

namespace {

// A memory object over floats that somebody else owns.
memory over(const memory::desc &description, const dnnl::engine &engine, const float *data) {
  return memory(description, engine, const_cast<float *>(data));
}

// The kernel in Keras' layout and in oneDNN's, with the way from one to the other; the same memory where the layouts are equal.
struct Kernel {
  memory ours, theirs;
  dnnl::reorder reorder;
  bool differs = false;

  void prepare(const memory::desc &our, const memory::desc &their, const dnnl::engine &engine, const float *data, bool backwards) {
    ours = over(our, engine, data);
    differs = our != their;
    theirs = differs ? memory(their, engine) : ours;
    if (differs) reorder = backwards ? dnnl::reorder(theirs, ours) : dnnl::reorder(ours, theirs);
  }
};

struct Work {
  dnnl::primitive primitive;
  memory scratch;
  bool exists = false;

  template <typename Description> void prepare(const Description &description, const dnnl::engine &engine, std::string &names) {
    scratch = memory(description.scratchpad_desc(), engine, nullptr);
    names += std::string(description.impl_info_str()) + "\n";
    exists = true;
  }
};

} // namespace

struct gradus_convolution {
  dnnl::engine engine{dnnl::engine::kind::cpu, 0};
  dnnl::stream stream{engine};
  memory x, y, dy, dx, b, db;
  Kernel forward_kernel, data_kernel, kernel_gradient;
  Work forward, data, weights;
  bool has_bias = false, has_bias_gradient = false;
  std::string names;

  gradus_convolution(const gradus_convolution_shape &s, const gradus_convolution_arrays &a, bool relu) {
    using dt = memory::data_type;
    using tag = memory::format_tag;
    const memory::desc source({s.batch, s.channels, s.height, s.width}, dt::f32, tag::nhwc);
    const memory::desc result({s.batch, s.filters, s.output_height, s.output_width}, dt::f32, tag::nhwc);
    const memory::desc bias({s.filters}, dt::f32, tag::x);
    const long depth = s.depthwise ? s.filters : s.channels * s.filters, row = s.kernel_width * depth;
    const long multiplier = s.depthwise ? s.filters / s.channels : 1;
    const memory::dims dims = s.depthwise ? memory::dims{s.channels, multiplier, 1, s.kernel_height, s.kernel_width}
                                          : memory::dims{s.filters, s.channels, s.kernel_height, s.kernel_width};
    const memory::dims strides = s.depthwise ? memory::dims{multiplier, 1, depth, row, depth} : memory::dims{1, s.filters, row, depth};
    const memory::desc our(dims, dt::f32, strides), any(dims, dt::f32, tag::any);
    const memory::dims step{s.stride_height, s.stride_width}, dilation{s.dilation_height - 1, s.dilation_width - 1};
    const memory::dims before{s.top, s.left}, after{s.bottom, s.right};
    const auto algorithm = dnnl::algorithm::convolution_direct;
    has_bias = a.b != nullptr, has_bias_gradient = a.db != nullptr;
    const memory::desc bias_or_none = has_bias ? bias : memory::desc(), bias_gradient_or_none = has_bias_gradient ? bias : memory::desc();

    dnnl::primitive_attr plain, active;
    plain.set_scratchpad_mode(dnnl::scratchpad_mode::user);
    active.set_scratchpad_mode(dnnl::scratchpad_mode::user);
    dnnl::post_ops operations;
#if DNNL_VERSION_MAJOR >= 3
    operations.append_eltwise(dnnl::algorithm::eltwise_relu, 0.0f, 0.0f);
#else
    operations.append_eltwise(1.0f, dnnl::algorithm::eltwise_relu, 0.0f, 0.0f);
#endif
    if (relu) active.set_post_ops(operations);
    const auto kind = a.dw || a.dx ? dnnl::prop_kind::forward_training : dnnl::prop_kind::forward_inference;

    using fwd = dnnl::convolution_forward;
    using bwd_d = dnnl::convolution_backward_data;
    using bwd_w = dnnl::convolution_backward_weights;
    // The backward passes want to know a forward one; it is described even where it is never run.
#if DNNL_VERSION_MAJOR >= 3
    const fwd::primitive_desc hint(engine, kind, algorithm, source, any, bias_or_none, result, step, dilation, before, after, active);
#else
    const fwd::primitive_desc hint(fwd::desc(kind, algorithm, source, any, bias_or_none, result, step, dilation, before, after), active,
                                   engine);
#endif
    if (a.y) {
      forward.prepare(hint, engine, names);
      forward.primitive = fwd(hint);
      forward_kernel.prepare(our, hint.weights_desc(), engine, a.w, false);
      x = over(source, engine, a.x), y = over(result, engine, a.y);
      if (has_bias) b = over(bias, engine, a.b);
    }
    if (a.dx) {
#if DNNL_VERSION_MAJOR >= 3
      const bwd_d::primitive_desc d(engine, algorithm, source, any, result, step, dilation, before, after, hint, plain);
#else
      const bwd_d::primitive_desc d(bwd_d::desc(algorithm, source, any, result, step, dilation, before, after), plain, engine, hint);
#endif
      data.prepare(d, engine, names);
      data.primitive = bwd_d(d);
      data_kernel.prepare(our, d.weights_desc(), engine, a.w, false);
      dx = over(source, engine, a.dx), dy = over(result, engine, a.dy);
    }
    if (a.dw) {
#if DNNL_VERSION_MAJOR >= 3
      const bwd_w::primitive_desc d(engine, algorithm, source, any, bias_gradient_or_none, result, step, dilation, before, after, hint, plain);
#else
      const bwd_w::primitive_desc d(bwd_w::desc(algorithm, source, any, bias_gradient_or_none, result, step, dilation, before, after), plain,
                                    engine, hint);
#endif
      weights.prepare(d, engine, names);
      weights.primitive = bwd_w(d);
      kernel_gradient.prepare(our, d.diff_weights_desc(), engine, a.dw, true);
      x = over(source, engine, a.x), dy = over(result, engine, a.dy);
      if (has_bias_gradient) db = over(bias, engine, a.db);
    }
  }

  long scratch_floats() const {
    size_t bytes = 0;
    for (const Work *work : {&forward, &data, &weights})
      if (work->exists) bytes = std::max(bytes, work->scratch.get_desc().get_size());
    return (long)((bytes + sizeof(float) - 1) / sizeof(float));
  }
};

namespace {

// Lets a memory object stand for floats that are somewhere else this time.
void place(memory &array, const float *data) { array.set_data_handle(const_cast<float *>(data)); }

template <typename Body> int guarded(Body body) {
  try {
    body();
    return 0;
  } catch (const dnnl::error &error) {
    return (int)error.status;
  } catch (...) {
    return (int)dnnl_runtime_error;
  }
}

} // namespace

extern "C" int gradus_onednn_convolution_make(const gradus_convolution_shape *shape, const gradus_convolution_arrays *arrays, int relu,
                                              gradus_convolution **convolution) {
  return guarded([&] { *convolution = new gradus_convolution(*shape, *arrays, relu != 0); });
}

extern "C" void gradus_onednn_convolution_destroy(gradus_convolution *convolution) { delete convolution; }

extern "C" long gradus_onednn_convolution_scratch(const gradus_convolution *convolution) { return convolution->scratch_floats(); }

extern "C" const char *gradus_onednn_convolution_implementations(const gradus_convolution *convolution) {
  return convolution->names.c_str();
}

extern "C" int gradus_onednn_convolution_forward(gradus_convolution *c, int fresh, const float *x, float *y, float *scratch) {
  return guarded([&] {
    place(c->x, x), place(c->y, y);
    Kernel &kernel = c->forward_kernel;
    if (fresh && kernel.differs) kernel.reorder.execute(c->stream, kernel.ours, kernel.theirs);
    c->forward.scratch.set_data_handle(scratch);
    std::unordered_map<int, memory> arguments{
        {DNNL_ARG_SRC, c->x}, {DNNL_ARG_WEIGHTS, kernel.theirs}, {DNNL_ARG_DST, c->y}, {DNNL_ARG_SCRATCHPAD, c->forward.scratch}};
    if (c->has_bias) arguments.insert({DNNL_ARG_BIAS, c->b});
    c->forward.primitive.execute(c->stream, arguments);
    c->stream.wait();
  });
}

extern "C" int gradus_onednn_convolution_backward_data(gradus_convolution *c, int fresh, const float *dy, float *dx, float *scratch) {
  return guarded([&] {
    place(c->dy, dy), place(c->dx, dx);
    Kernel &kernel = c->data_kernel;
    if (fresh && kernel.differs) kernel.reorder.execute(c->stream, kernel.ours, kernel.theirs);
    c->data.scratch.set_data_handle(scratch);
    c->data.primitive.execute(c->stream, {{DNNL_ARG_DIFF_DST, c->dy}, {DNNL_ARG_WEIGHTS, kernel.theirs}, {DNNL_ARG_DIFF_SRC, c->dx},
                                          {DNNL_ARG_SCRATCHPAD, c->data.scratch}});
    c->stream.wait();
  });
}

extern "C" int gradus_onednn_convolution_backward_weights(gradus_convolution *c, const float *x, const float *dy, float *dw, float *db,
                                                    float *scratch) {
  return guarded([&] {
    place(c->x, x), place(c->dy, dy);
    Kernel &kernel = c->kernel_gradient;
    place(kernel.ours, dw);
    if (c->has_bias_gradient) place(c->db, db);
    c->weights.scratch.set_data_handle(scratch);
    std::unordered_map<int, memory> arguments{{DNNL_ARG_SRC, c->x}, {DNNL_ARG_DIFF_DST, c->dy}, {DNNL_ARG_DIFF_WEIGHTS, kernel.theirs},
                                              {DNNL_ARG_SCRATCHPAD, c->weights.scratch}};
    if (c->has_bias_gradient) arguments.insert({DNNL_ARG_DIFF_BIAS, c->db});
    c->weights.primitive.execute(c->stream, arguments);
    if (kernel.differs) kernel.reorder.execute(c->stream, kernel.theirs, kernel.ours);
    c->stream.wait();
  });
}
